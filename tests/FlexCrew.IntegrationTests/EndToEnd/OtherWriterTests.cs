using FlexCrew.IntegrationTests.Database;
using FlexCrew.IntegrationTests.EndToEnd.Hooks;
using FlexSimulator;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>
/// A writer that knows no fence adds the same technician while a sync is between its listing and its add: first in Flex, then its row.
/// </summary>
public sealed class OtherWriterTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_sync_that_met_another_writer_agrees_with_them_and_is_followed_by_one_more(bool prune)
    {
        await using var stage = await Stage.SetAsync(hosts: 0, overrides: ("FlexCrew:RetryPollInterval", "00:00:00.100"));
        var crewCall = await stage.AddCrewCallAsync();
        var one = await stage.AssignAsync();
        FlexLine? theirs = null;
        var writer = new OtherWriter(
            () => theirs = crewCall.Flex.AddContact(one.Resource),
            () => stage.Database.AddCrewRowAsync(crewCall.Id, one.Id, theirs!.Id));
        await stage.AddHostAsync(builder => builder.UseHook(writer));

        var summary = await stage.SyncAsync(pruneOrphans: prune);

        Assert.Null(summary["errors"]);
        Assert.Equal([theirs!.Id], crewCall.Flex.Contacts.Select(line => line.Id));
        await stage.AssertCrewAsync(crewCall, [one]);
        Assert.True((await stage.LogAsync())[^1].WaitsForRetry);

        await stage.MakeRetriesDueAsync();
        await Stage.UntilAsync(
            async () => (await stage.LogAsync()).Any(row => row is { TriggeredBy: "retry", Status: "succeeded", WaitsForRetry: false }),
            "one more sync is through");
        await stage.AssertCrewAsync(crewCall, [one]);
    }

    private sealed class OtherWriter(Action post, Func<Task> insert) : IHook
    {
        private int begun, completed;

        public async Task<T> AroundAsync<T>(string name, bool writes, Func<Task<T>> effect)
        {
            if (name == "begin add" && Interlocked.Increment(ref begun) == 1) post();
            if (name == "complete add" && Interlocked.Increment(ref completed) == 1) await insert();
            return await effect();
        }
    }
}
