using System.Diagnostics;
using FlexCrew.Bench.Contenders;
using FlexCrew.Bench.Schedule;
using FlexCrew.Bench.Simulator;
using FlexCrew.Bench.Worlds;

namespace FlexCrew.Bench.Measuring;

/// <summary>Lets the contenders run in turn, each in a world of its own, and looks at what is left.</summary>
internal sealed class Runner(Stage stage, SimulatorControl flex, StatementCount statements, IReadOnlyList<IContender> contenders)
{
    private const int FewestRounds = 3;

    private static readonly TimeSpan CellBudget = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan WarmUpLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SettlePause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(10);

    /// <summary>Compares all of them, so many rounds; of a contest that takes long, fewer.</summary>
    public async Task<ContestResult> CompareAsync(Contest contest, int rounds)
    {
        foreach (var contender in contenders) await WarmUpAsync(contender, runs: 2);
        var began = Stopwatch.GetTimestamp();
        var all = new List<IReadOnlyDictionary<string, Measurement>>();
        while (all.Count < rounds && (all.Count < FewestRounds || Stopwatch.GetElapsedTime(began) < CellBudget))
        {
            var round = new Dictionary<string, Measurement>();
            foreach (var contender in contenders) round[contender.Name] = await MeasureAsync(contest, contender);
            all.Add(round);
        }
        return new ContestResult(contest, all);
    }

    /// <summary>
    /// Lets everything be compiled, connected and, after trouble with Flex, trusted again: so many runs without latency that
    /// leave a right world. They are not measured.
    /// </summary>
    public async Task WarmUpAsync(IContender contender, int runs)
    {
        var began = Stopwatch.GetTimestamp();
        var contest = new Contest(Scenario.Named("eight-new"), 0, Trouble.None);
        while (runs > 0)
        {
            var run = await MeasureAsync(contest, contender);
            if (!run.IsVoid) runs--;
            if (run.IsVoid && Stopwatch.GetElapsedTime(began) > WarmUpLimit)
            {
                var wrongs = string.Join("; ", run.Wrongs.Concat(run.Complaints));
                throw new InvalidOperationException($"{contender.Name} leaves a wrong world without any trouble: {wrongs}");
            }
        }
    }

    private async Task<Measurement> MeasureAsync(Contest contest, IContender contender)
    {
        var world = await stage.SetAsync(contest.Scenario);
        await Task.Delay(contest.Trouble.Pause);
        await flex.BehaveAsync(TimeSpan.FromMilliseconds(contest.Latency), contender.MeetsTrouble ? contest.Trouble : Trouble.None);
        await flex.ForgetRequestsAsync();
        var statementsBefore = await statements.ReadAsync();
        var costsBefore = await contender.CostsAsync();

        var began = Stopwatch.GetTimestamp();
        var complaints = await contender.RunAsync(world);
        var took = Stopwatch.GetElapsedTime(began);

        if (contender.WorksAfterAnswers) await SettleAsync();
        var costs = await contender.CostsAsync() - costsBefore;
        var statementsAfter = await statements.ReadAsync();
        var requests = await flex.CountAsync();
        await flex.BehaveAsync(TimeSpan.Zero, Trouble.None);
        var wrongs = await stage.WrongsAsync(world, contender.KeepsTable);
        await stage.RemoveAsync(world);
        return new Measurement
        {
            Took = took,
            Requests = requests,
            Statements = statementsAfter - statementsBefore,
            Costs = costs,
            Wrongs = wrongs,
            Complaints = complaints,
        };
    }

    /// <summary>Waits until a host that has answered has nothing more to do: no request under way, and no statement for a while.</summary>
    private async Task SettleAsync()
    {
        var began = Stopwatch.GetTimestamp();
        var before = await statements.ReadAsync();
        while (Stopwatch.GetElapsedTime(began) < SettleLimit)
        {
            await Task.Delay(SettlePause);
            var now = await statements.ReadAsync();
            if (now == before && (await flex.CountAsync()).UnderWay == 0) return;
            before = now;
        }
    }
}
