using System.Collections.Concurrent;
using FlexCrew.IntegrationTests.EndToEnd;
using FlexCrew.IntegrationTests.EndToEnd.Hooks;
using FlexSimulator;
using Xunit.Abstractions;

namespace FlexCrew.IntegrationTests.Crashes;

/// <summary>A host is killed before and after each of its side effects; a new one syncs the same world.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int AtOnce = 4;

    // The next sync waits for as long as the killed host may have a request under way.
    private static readonly (string, string)[] Settings =
    [
        ("FlexCrew:FlexAttemptTimeout", "00:00:00.800"), ("FlexCrew:FlexTotalTimeout", "00:00:05"),
        ("FlexCrew:LeaseTimeout", "00:00:02"),
    ];

    [Fact]
    public async Task A_sync_that_was_not_killed_makes_this_world()
    {
        var (world, _) = await UninterruptedAsync(pruneOrphans: true);
        Assert.Equal(
            [
                "contact kept: set by hand", "contact moved: " + Tecnico,
                "contact new-1: " + Tecnico, "contact new-2: " + Tecnico, "contact new-3: " + Tecnico,
                "contact one: " + Tecnico, "contact roleless: " + Tecnico, "contact stale: " + Tecnico, "contact unmapped: " + Tecnico,
                "note Doors at eight",
                "row kept: kept", "row moved: moved", "row new-1: new-1", "row new-2: new-2", "row new-3: new-3",
                "row one: one", "row roleless: roleless", "row stale: stale", "row unmapped: unmapped",
            ],
            world);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whatever_side_effect_it_was_killed_at_the_next_sync_makes_the_same_world(bool pruneOrphans)
    {
        var (expected, effects) = await UninterruptedAsync(pruneOrphans);
        output.WriteLine($"{effects.Count} side effects: {string.Join(", ", effects.Select(Short))}");
        var faults = new ConcurrentBag<string>();
        var points = Enumerable.Range(1, effects.Count).SelectMany(at => new[] { (at, false), (at, true) });

        await Parallel.ForEachAsync(points, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (point, _) =>
        {
            if (await FaultAsync(point.Item1, point.Item2, pruneOrphans, expected) is { } fault) faults.Add(fault);
        });

        Assert.True(faults.IsEmpty, string.Join('\n', faults));
        Assert.InRange(effects.Count, 25, 60);
    }

    private const string Tecnico = "2f6cf050-c5c1-11ea-a087-2a0a4490a7fb";

    private static async Task<(IReadOnlyList<string> World, IReadOnlyCollection<string> Effects)> UninterruptedAsync(bool pruneOrphans)
    {
        await using var stage = await Stage.SetAsync(hosts: 0, overrides: Settings);
        var world = await CrewedWorld.MakeAsync(stage);
        var counter = CrashPoint.Never();
        await stage.AddHostAsync(builder => builder.UseHook(counter));
        var summary = await stage.SyncAsync(pruneOrphans: pruneOrphans);
        Assert.True(summary["errors"] is null, summary.ToJsonString());
        await stage.RunsEndedAsync();
        Assert.Null(await stage.Database.ScalarAsync<string?>("select holder from public.flex_crew_fences"));
        return (await world.DescribeAsync(), counter.Effects);
    }

    private static async Task<string?> FaultAsync(int at, bool after, bool pruneOrphans, IReadOnlyList<string> expected)
    {
        await using var stage = await Stage.SetAsync(hosts: 0, overrides: Settings);
        var world = await CrewedWorld.MakeAsync(stage);
        var crash = new CrashPoint(at, after);
        await stage.AddHostAsync(builder => builder.UseHook(crash));
        using var accepted = await stage.PostAsync(
            new { job_id = stage.Job, departments = new[] { "sound" }, prune_orphans = pruneOrphans }, prefer: "respond-async");
        if (await Task.WhenAny(crash.Crashed, stage.RunsEndedAsync()).WaitAsync(TimeSpan.FromSeconds(30)) != crash.Crashed)
            return null; // The machine was slow when they were counted, and a request was made twice: this run has fewer.
        var where = $"{(after ? "after" : "before")} side effect {at}, {Short(await crash.Crashed)}";
        var begun = crash.Effects.Count;

        await stage.AddHostAsync();
        var summary = await stage.SyncAsync(pruneOrphans: pruneOrphans, host: 1);

        var seen = await world.DescribeAsync();
        if (summary["errors"] is { } errors) return $"{where}: {errors.ToJsonString()}";
        if (!expected.SequenceEqual(seen)) return $"{where}:\n  missing {string.Join(", ", Less(expected, seen))}\n  too much {string.Join(", ", Less(seen, expected))}";
        if (crash.Effects.Count != begun) return $"{where}: the killed host went on";
        stage.Flex.Log.Clear();
        await stage.SyncAsync(pruneOrphans: pruneOrphans, host: 1);
        return stage.Flex.Log.Count(FlexEndpoint.Writes) == 0 ? null : $"{where}: a third sync still wrote";
    }

    // With its repetitions: somebody who is there twice is once too much.
    private static IEnumerable<string> Less(IEnumerable<string> all, IEnumerable<string> others)
    {
        var left = all.ToList();
        foreach (var other in others) left.Remove(other);
        return left;
    }

    private static string Short(string effect) =>
        System.Text.RegularExpressions.Regex.Replace(effect, "/f5/api|[0-9a-f]{8}-[0-9a-f-]{27}", "");
}
