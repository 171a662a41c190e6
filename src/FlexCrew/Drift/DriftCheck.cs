using FlexCrew.Contract;
using FlexCrew.Database;

namespace FlexCrew.Drift;

/// <inheritdoc/>
/// <param name="log">Tells the crew calls to look at.</param>
/// <param name="tools">What a check works with. Made for a check and not before, since it needs the token for Flex.</param>
/// <param name="options">Whether there is a check at all.</param>
internal sealed class DriftCheck(IDriftLog log, Func<DriftTools> tools, FlexCrewOptions options) : IDriftCheck
{
    public async Task RunAsync(ISyncRuns runs, CancellationToken cancellation)
    {
        if (!options.Drift.Enabled) return;
        var crewCalls = await log.UpcomingAsync(options.Drift.Days, cancellation);
        await new DriftRounds(tools(), options.Drift, runs, crewCalls).RunAsync(cancellation);
    }
}

/// <summary>What a check works with.</summary>
internal sealed record DriftTools(CrewLook Look, DriftPace Pace, DriftNotes Notes);
