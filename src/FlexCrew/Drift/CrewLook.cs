using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Planning;
using FlexCrew.Sync;

namespace FlexCrew.Drift;

/// <summary>
/// Looks at a crew call once: the reads of a dry run, and its plan. Takes no lease and claims no fence. What a run is writing to is not
/// looked at.
/// </summary>
internal sealed class CrewLook(CrewWorldReader worlds, TimeProvider time)
{
    public async Task<Sight> AtAsync(UpcomingCrewCall crewCall, PlanOptions options, string correlationId, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        var scope = new FlexScope(correlationId);
        var sight = await SeeAsync();
        return sight with { FlexRequests = scope.Requests, Took = time.GetElapsedTime(began) };

        async Task<Sight> SeeAsync()
        {
            try
            {
                var reading = await worlds.ReadAsync(new CrewQuery(crewCall.JobId, crewCall.Department), cancellation);
                if (reading.Call is null) return new Sight();
                if (reading.Fence is { IsAlive: true }) return new Sight { IsBusy = true };
                var contacts = await worlds.ListAsync(reading, scope, cancellation);
                var plan = worlds.PlanOf(reading, crewCall.JobId, crewCall.Department, contacts, options);
                return new Sight
                {
                    CrewCallId = reading.Call.Id,
                    Differences = PlanAsDifferences.Of(plan, contacts),
                    Kept = plan.Kept,
                };
            }
            catch (Exception failed) when (ExpectedFailure.Of(failed) is { } failure)
            {
                return new Sight { Failure = failure };
            }
        }
    }
}

/// <summary>What was seen of a crew call.</summary>
internal sealed record Sight
{
    /// <summary>The crew call.</summary>
    public Guid CrewCallId { get; init; }

    /// <summary>What differs.</summary>
    public IReadOnlyList<DriftDifference> Differences { get; init; } = [];

    /// <summary>Technicians who are right.</summary>
    public int Kept { get; init; }

    /// <summary>Whether a run was writing to the crew call: then differences may be its half-finished work, and none is listed.</summary>
    public bool IsBusy { get; init; }

    /// <summary>Why nothing could be seen; null when something was.</summary>
    public Failure? Failure { get; init; }

    /// <summary>Requests sent to Flex.</summary>
    public int FlexRequests { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Took { get; init; }
}
