using System.Text.Json;
using FlexCrew.Contract;

namespace FlexCrewFunctions.Orchestrations;

/// <summary>The custom status of an orchestration: how far its departments are, and what has come of those that are settled.</summary>
/// <param name="Progress">Department → progress.</param>
/// <param name="Settled">Department → summary that will not change any more.</param>
internal sealed record RunStatusBody(
    IReadOnlyDictionary<string, SyncProgress> Progress, IReadOnlyDictionary<string, DepartmentSummary> Settled)
{
    /// <summary>Durable Functions refuses a custom status of more than 16 KiB in UTF-16.</summary>
    private const int MostCharacters = 7_000;

    /// <summary>Whether the summary may be told before the run has ended. A larger one is told at its end.</summary>
    public static bool Fits(DepartmentSummary summary) => JsonSerializer.Serialize(summary).Length <= MostCharacters;
}
