using FlexCrew.Bench.Simulator;

namespace FlexCrew.Bench.Measuring;

/// <summary>One run of one contender.</summary>
internal sealed record Measurement
{
    /// <summary>From the first click to the last answer.</summary>
    public required TimeSpan Took { get; init; }

    public required RequestCounts Requests { get; init; }

    /// <summary>SQL statements, also those after the answer.</summary>
    public required long Statements { get; init; }

    public Costs? Costs { get; init; }

    /// <summary>What is wrong with the world afterwards: if anything is, the other figures are void.</summary>
    public required IReadOnlyList<string> Wrongs { get; init; }

    /// <summary>What the answers complained of.</summary>
    public required IReadOnlyList<string> Complaints { get; init; }

    public bool IsVoid => Wrongs.Count > 0;
}
