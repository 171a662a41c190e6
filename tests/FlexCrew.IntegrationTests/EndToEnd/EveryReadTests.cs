using System.Collections.Concurrent;
using FlexSimulator;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>
/// Every reading of Flex within a sync, failing in every way: nobody is lost, nobody is twice, and the next sync makes it right.
/// </summary>
public sealed class EveryReadTests
{
    private const int AtOnce = 4;

    private static readonly (string, string)[] Settings =
        [("FlexCrew:FlexAttemptTimeout", "00:00:00.300"), ("FlexCrew:FlexTotalTimeout", "00:00:02")];

    public static TheoryData<string> Readings =>
        ["the first", "the confirmation of an empty one", "after a deletion", "after deletions", "after an add that was applied",
            "after an add that got lost", "before an add that was begun", "after a role that got lost"];

    [Theory]
    [MemberData(nameof(Readings))]
    public async Task Whatever_reading_fails_in_whatever_way_nobody_is_lost_and_nobody_is_twice(string reading)
    {
        var faults = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(ReadFaults.All, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (fault, _) =>
        {
            try
            {
                await FailAsync(reading, fault.Value);
            }
            catch (Exception wrong)
            {
                faults.Add($"{fault.Key}: {wrong}");
            }
        });
        Assert.True(faults.IsEmpty, string.Join('\n', faults));
    }

    private static async Task FailAsync(string reading, Fault fault)
    {
        await using var stage = await Stage.SetAsync(overrides: Settings);
        var crewCall = await stage.AddCrewCallAsync();
        var crew = (await stage.AssignManyAsync(4)).ToList();
        // On a busy machine an add may take longer than the short time-out, and is then made by the next sync. A run that is logged clears
        // the adds that were begun: what is prepared comes after that.
        await Stage.UntilAsync(async () => (await stage.SyncAsync())["errors"] is null, "the crew is there");
        await stage.RunsEndedAsync();
        var isWritten = await PrepareAsync(stage, reading, crew, crewCall.Id);
        var placed = Place(stage, reading, fault);

        var summary = await stage.SyncAsync();

        Assert.True(placed.Played > 0, $"the fault was not met: {summary.ToJsonString()}");
        AssertUnharmed(crewCall.Flex, crew);
        Assert.True(isWritten || crewCall.Flex.Contacts.Count == 4);
        var technicians = (await stage.RowsAsync(crewCall.Id)).Select(row => row.Technician).ToList();
        Assert.Equal(technicians.Distinct(), technicians);
        foreach (var error in summary["errors"]?.AsArray() ?? [])
            Assert.Matches("Flex|whether", (string)error!);

        await stage.Flex.Faults.ClearAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(600));
        summary = await stage.SyncAsync();

        Assert.Null(summary["errors"]);
        await stage.AssertCrewAsync(crewCall, crew);
    }

    // Changes the desired crew so that the reading comes about; the crew afterwards is in the list.
    private static async Task<bool> PrepareAsync(Stage stage, string reading, List<(Guid Id, string Resource)> crew, Guid crewCall)
    {
        var leaving = reading switch { "after deletions" => 2, "after a deletion" => 1, _ => 0 };
        for (var i = 0; i < leaving; i++)
        {
            await stage.UnassignAsync(crew[0].Id);
            crew.RemoveAt(0);
        }
        if (reading.Contains("an add") || reading.Contains("a role")) crew.Add(await stage.AssignAsync());
        if (reading == "before an add that was begun")
            await stage.Database.ExecuteAsync(
                """
                insert into public.flex_crew_add_intents (crew_call_id, technician_id, element, flex_resource_id, instance_id, started_at)
                select c.id, @Id, lower(btrim(c.flex_element_id::text)), lower(@Resource), 'killed', now() - interval '1 hour'
                from public.flex_crew_calls c where c.id = @crewCall
                """,
                new { crewCall, crew[^1].Id, crew[^1].Resource });
        return leaving > 0 || reading.Contains("an add") || reading.Contains("a role");
    }

    private static PlacedFault Place(Stage stage, string reading, Fault fault)
    {
        var faults = stage.Flex.Faults;
        switch (reading)
        {
            case "the first":
                return faults.Add(FlexEndpoint.Reads, fault);
            case "the confirmation of an empty one":
                faults.Add(FlexEndpoint.RowData, Fault.EmptyList());
                return faults.Add(FlexEndpoint.Reads & ~FlexEndpoint.RowData, fault);
            case "after an add that was applied":
                faults.Add(FlexEndpoint.AddResource, Fault.Reset().AfterCommit(), times: 1);
                break;
            case "after an add that got lost":
                faults.Add(FlexEndpoint.AddResource, Fault.Reset(), times: 1);
                break;
            case "after a role that got lost":
                faults.Add(FlexEndpoint.SetRole, Fault.Reset(), times: 1);
                break;
        }
        return faults.Add(new FaultRule { On = FlexEndpoint.Reads, Fault = fault, Skip = 1 });
    }

    private static void AssertUnharmed(CrewCall flex, IReadOnlyList<(Guid Id, string Resource)> crew)
    {
        Assert.Equal(flex.ResourceIds.Distinct(), flex.ResourceIds);
        foreach (var (_, resource) in crew.Take(crew.Count > 4 ? 4 : crew.Count)) Assert.Contains(resource, flex.ResourceIds);
    }
}
