using FlexCrew.Contract;
using FlexCrew.Database;
using FlexCrew.Planning;

namespace FlexCrew.Drift;

/// <summary>
/// One check: a look at each crew call, and after a while another one at those that were not as they should be, or that a run was
/// writing to.
/// </summary>
internal sealed class DriftRounds(DriftTools tools, DriftOptions options, ISyncRuns runs, IReadOnlyList<UpcomingCrewCall> crewCalls)
{
    /// <summary>A crew call that a run was writing to, and that differs after it, is looked at a third time.</summary>
    private const int Rounds = 3;

    /// <summary>So many failures in a row say that not the crew calls are to blame: the check ends, and asks Flex no more.</summary>
    private const int FailuresInARow = 3;

    private readonly Suspect[] suspects = [.. crewCalls.Select(crewCall => new Suspect(crewCall))];
    private readonly Stride stride = tools.Pace.Begin(crewCalls.Count);
    private readonly string correlationId = NewId.From(tools.Pace.Time);
    private int failures;
    private string? stopped;

    public async Task RunAsync(CancellationToken cancellation)
    {
        for (var round = 1; round <= Rounds && stopped is null && suspects.Any(IsOpen); round++)
        {
            if (round > 1) await stride.BeforeNextRoundAsync(cancellation);
            for (var at = 0; at < suspects.Length; at++)
            {
                if (!IsOpen(suspects[at])) continue;
                stopped ??= await stride.NextAsync(cancellation);
                if (stopped is not null) break;
                suspects[at] = await LookAsync(suspects[at], isLast: round == Rounds, cancellation);
            }
        }
        tools.Notes.WriteEnd(suspects, stopped);
    }

    private async Task<Suspect> LookAsync(Suspect suspect, bool isLast, CancellationToken cancellation)
    {
        var sight = await tools.Look.AtAsync(suspect.CrewCall, new PlanOptions(options.PruneOrphans), correlationId, cancellation);
        suspect = suspect.After(sight);
        if (!IsOpen(suspect) || isLast)
            await tools.Notes.WriteAsync(suspect, correlationId, cancellation);
        if (suspect.Verdict == DriftVerdict.Drift && options.Heal)
            await HealAsync(suspect.CrewCall, cancellation);

        failures = sight.Failure is null ? 0 : failures + 1;
        if (failures == FailuresInARow || sight.Failure?.Kind == FailureKind.FlexToken)
            stopped = sight.Failure!.Message;
        return suspect;
    }

    private Task HealAsync(UpcomingCrewCall crewCall, CancellationToken cancellation) => runs.StartAsync(
        new SyncJobRequest(
            NewId.From(tools.Pace.Time), crewCall.JobId, [crewCall.Department], options.PruneOrphans, correlationId, SyncJobRequest.Drift),
        cancellation);

    private static bool IsOpen(Suspect suspect) => suspect.Verdict == DriftVerdict.Open;
}
