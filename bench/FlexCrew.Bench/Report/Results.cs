using FlexCrew.Bench.Measuring;

namespace FlexCrew.Bench.Report;

/// <summary>All that was measured, and on what.</summary>
internal sealed record Results(
    DateOnly Date, Machine Machine, double LoadAfter, int Ceiling, Roles Roles, IReadOnlyList<ContestResult> Contests);

/// <summary>The names of the contenders, by what they are there for.</summary>
internal sealed record Roles(IReadOnlyList<string> Hosts, string Sequential, string Ideal)
{
    public IReadOnlyList<string> All => [Sequential, .. Hosts, Ideal];
}
