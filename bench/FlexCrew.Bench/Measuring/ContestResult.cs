using FlexCrew.Bench.Schedule;

namespace FlexCrew.Bench.Measuring;

/// <summary>The runs of a contest: in each round every contender ran once, in turn.</summary>
internal sealed record ContestResult(Contest Contest, IReadOnlyList<IReadOnlyDictionary<string, Measurement>> Rounds)
{
    /// <summary>The runs of a contender whose figures count.</summary>
    public IReadOnlyList<Measurement> Valid(string contender) => [.. All(contender).Where(run => !run.IsVoid)];

    public IReadOnlyList<Measurement> Void(string contender) => [.. All(contender).Where(run => run.IsVoid)];

    /// <summary>How many times as long the one took as the other, round by round; rounds with a void run are left out.</summary>
    public Ratio? TimesAsLong(string one, string other)
    {
        var ratios = Rounds
            .Where(round => !round[one].IsVoid && !round[other].IsVoid)
            .Select(round => round[one].Took / round[other].Took)
            .ToList();
        return ratios.Count == 0 ? null : new Ratio(Statistics.Median(ratios), ratios.Min(), ratios.Max());
    }

    private IEnumerable<Measurement> All(string contender) => Rounds.Select(round => round[contender]);
}

/// <summary>The median of the ratios of all rounds, and the least and the greatest of them.</summary>
internal sealed record Ratio(double Median, double Least, double Greatest);
