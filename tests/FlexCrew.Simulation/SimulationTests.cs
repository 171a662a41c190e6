using System.Diagnostics;
using FlexCrew.Simulation.Scenarios;
using Xunit.Abstractions;

namespace FlexCrew.Simulation;

/// <summary>
/// The search. FLEXCREW_SEED replays one seed, FLEXCREW_SEEDS sets how many there are, FLEXCREW_SOAK_MINUTES goes on
/// with new ones for that long; scripts/soak sets them.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Seeds = 10_000;

    [Fact]
    public void No_seed_breaks_a_promise()
    {
        if (Number("FLEXCREW_SEED") is { } only)
        {
            Assert.True(Simulation.Run(Scenario.Of(only)).Breach is null, Report.Of(only));
            return;
        }

        var watch = Stopwatch.StartNew();
        var minutes = Number("FLEXCREW_SOAK_MINUTES");
        var (from, count) =
            (minutes is null ? 1 : (int)(DateTimeOffset.UtcNow.ToUnixTimeSeconds() % 1_000_000) * 1000, Number("FLEXCREW_SEEDS") ?? Seeds);
        var done = 0;
        do
        {
            var failing = Search.FirstBreach(from + done, count);
            Assert.True(failing is null, failing is { } seed ? Report.Of(seed) : "");
            done += count;
        }
        while (minutes is { } most && watch.Elapsed < TimeSpan.FromMinutes(most));
        output.WriteLine($"{done} seeds from {from} in {watch.Elapsed.TotalSeconds:0} s: no promise broken");
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : null;
}
