using System.Globalization;
using FlexCrew.IntegrationTests.EndToEnd;
using FlexSimulator;
using Microsoft.Extensions.Logging;
using Xunit.Abstractions;

namespace FlexCrew.IntegrationTests.Load;

/// <summary>
/// 200 clicks at once for 50 jobs, with faults in one request to Flex of twenty. Ten seconds long; the environment
/// variable <c>FLEXCREW_LOAD_SECONDS</c> makes it longer.
/// </summary>
[Collection(Alone.Name)]
public sealed class LoadTests(ITestOutputHelper output)
{
    private const int Clickers = 200;
    private const int Jobs = 50;
    private const double FaultRate = 0.05;
    private const long MostGrowth = 96L * 1024 * 1024;

    [Fact]
    public async Task Nobody_is_lost_or_twice_memory_is_bounded_and_the_95th_percentile_is_told()
    {
        var seconds = double.Parse(Environment.GetEnvironmentVariable("FLEXCREW_LOAD_SECONDS") ?? "10", CultureInfo.InvariantCulture);
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        await using var stage = await Stage.SetAsync(hosts: 0, flex: new FlexSimulatorOptions { Seed = seed });
        await stage.AddHostAsync(builder => builder.Logging.ClearProviders());
        stage.Flex.Behaviour.Latency = TimeSpan.FromMilliseconds(2);
        var crowd = await CrowdedStage.SetAsync(stage, Jobs, crew: 6);
        await crowd.ClickAsync(Clickers, TimeSpan.FromSeconds(1), seed);
        BreakOneInTwenty(stage);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var took = await crowd.ClickAsync(Clickers, TimeSpan.FromSeconds(seconds), seed + 1_000);

        var growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        var metrics = stage.Flex.Log.Metrics;
        var faults = metrics.ByFault.Values.Sum();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{took.Count} syncs in {seconds:0} s, {metrics.Requests} requests to Flex, {faults} of them broken; median {Percentile(took, 0.5):0} ms, p95 {Percentile(took, 0.95):0} ms, longest {took[^1].TotalMilliseconds:0} ms; heap {before >> 20} MiB before, {growth / 1048576.0:+0.0;-0.0} MiB after, working set {Environment.WorkingSet >> 20} MiB"));
        Assert.True(took.Count >= Clickers, $"seed {seed}: {took.Count} syncs");
        Assert.True(faults > metrics.Requests / 50, $"seed {seed}: {faults} faults in {metrics.Requests} requests");
        Assert.InRange(growth, long.MinValue, MostGrowth);
        Assert.Equal(0, metrics.OverlappingWrites);
        Assert.InRange(metrics.PeakConcurrency, 1, 16);

        await stage.Flex.Faults.ClearAsync();
        await stage.Flex.Faults.WaitForLateCommitsAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(600));
        await crowd.AssertAllRightAsync();
    }

    private static void BreakOneInTwenty(Stage stage)
    {
        Fault[] kinds =
        [
            Fault.Answer(503), Fault.Answer(500), Fault.Answer(429, TimeSpan.FromSeconds(1)), Fault.Reset(), Fault.Reset().AfterCommit(),
            Fault.Close().AfterCommit(), Fault.MalformedJson(), Fault.TruncatedBody(), Fault.EmptyBody().AfterCommit(), Fault.Hang(),
        ];
        // The first rule that hits is played, so that the later ones see fewer requests.
        foreach (var fault in kinds)
            stage.Flex.Faults.Add(new FaultRule { Fault = fault, Probability = FaultRate / kinds.Length });
    }

    private static double Percentile(IReadOnlyList<TimeSpan> ordered, double part) =>
        ordered[Math.Min(ordered.Count - 1, (int)(ordered.Count * part))].TotalMilliseconds;
}
