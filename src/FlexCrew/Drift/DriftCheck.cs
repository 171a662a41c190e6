using FlexCrew.Database;
using FlexCrew.Sync;

namespace FlexCrew.Drift;

/// <inheritdoc/>
internal sealed class DriftCheck(IDriftLog log, DriftTools tools, FlexCrewOptions options) : IDriftCheck
{
    public async Task RunAsync(ISyncRuns runs, CancellationToken cancellation)
    {
        if (!options.Drift.Enabled) return;
        var crewCalls = await log.UpcomingAsync(options.Drift.Days, cancellation);
        await new DriftRounds(tools, options.Drift, runs, crewCalls).RunAsync(cancellation);
    }
}

/// <summary>What a check works with.</summary>
internal sealed record DriftTools(CrewLook Look, DriftPace Pace, DriftNotes Notes);
