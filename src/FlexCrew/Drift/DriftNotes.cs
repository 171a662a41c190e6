using System.Text.Json;
using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Planning;
using FlexCrew.Telemetry;
using Microsoft.Extensions.Logging;

namespace FlexCrew.Drift;

/// <summary>Writes down what a check comes to: log row, metric, log line.</summary>
internal sealed class DriftNotes(IDriftLog log, ICrewCalls people, TimeProvider time, ILogger<DriftCheck> logger)
{
    /// <summary>Notes what is known of a crew call. Throws <see cref="DatabaseException"/>.</summary>
    public async Task WriteAsync(Suspect suspect, string correlationId, CancellationToken cancellation)
    {
        var crewCall = suspect.CrewCall;
        switch (suspect.Verdict)
        {
            case DriftVerdict.Settled:
                await log.GoneAsync(crewCall, time.GetUtcNow(), cancellation);
                break;
            case DriftVerdict.Drift:
                await log.FoundAsync(await FindingAsync(suspect, correlationId, cancellation), cancellation);
                logger.LogWarning(
                    "Drift in {Department} of job {JobId}: {Differences}",
                    crewCall.Department, crewCall.JobId, string.Join(", ", suspect.Drift.CountBy(each => each.Kind).Select(kind => $"{kind.Value} {kind.Key}")));
                break;
            case DriftVerdict.Failed:
                logger.LogWarning(
                    "{Department} of job {JobId} could not be checked for drift: {Message}",
                    crewCall.Department, crewCall.JobId, suspect.Sight.Failure!.Message);
                break;
        }
        SyncTelemetry.RecordDrift(crewCall.Department, ResultOf(suspect.Verdict), suspect.Drift.Select(each => each.Kind));
    }

    /// <summary>One line about the check as a whole.</summary>
    public void WriteEnd(IReadOnlyList<Suspect> suspects, string? stopped)
    {
        var looked = suspects.Where(suspect => suspect.Looks > 0).ToList();
        logger.LogInformation(
            "Drift check: {Looked} of {All} crew calls were looked at by {Requests} requests to Flex: {Verdicts}{Stopped}",
            looked.Count, suspects.Count, looked.Sum(suspect => suspect.FlexRequests),
            string.Join(", ", looked.CountBy(suspect => suspect.Verdict).Select(each => $"{each.Value} {ResultOf(each.Key)}")),
            stopped is null ? "" : $"; it ended early: {stopped}");
    }

    private async Task<DriftFinding> FindingAsync(Suspect suspect, string correlationId, CancellationToken cancellation)
    {
        var known = await people.PeopleAsync(
            [.. suspect.Drift.Select(each => each.TechnicianId).OfType<Guid>().Distinct()],
            [.. suspect.Drift.Where(each => each.TechnicianId is null).Select(each => each.ResourceId).OfType<string>().Distinct()],
            cancellation);
        return new DriftFinding
        {
            CrewCall = suspect.CrewCall,
            CrewCallId = suspect.Sight.CrewCallId,
            InstanceId = NewId.From(time),
            CorrelationId = correlationId,
            DifferencesJson = JsonSerializer.Serialize(suspect.Drift.Select(each => each with { Name = NameOf(each, known) })),
            Kept = suspect.Sight.Kept,
            FlexRequests = suspect.FlexRequests,
            DurationMs = (long)suspect.Took.TotalMilliseconds,
            FoundAt = time.GetUtcNow(),
        };
    }

    private static string? NameOf(DriftDifference difference, IReadOnlyList<PersonRow> known) => known.FirstOrDefault(person =>
        difference.TechnicianId is { } technician
            ? person.TechnicianId == technician
            : difference.ResourceId is { } resource && FlexIds.Same(ResourceIds.Clean(person.FlexResourceId), resource))?.Name;

    private static string ResultOf(DriftVerdict verdict) => verdict switch
    {
        DriftVerdict.Settled => "settled",
        DriftVerdict.Drift => "drift",
        DriftVerdict.Failed => "failed",
        _ => "busy",
    };
}
