namespace FlexCrew.Database;

/// <summary>What the drift check needs of the database beside the crews. Every method throws <see cref="DatabaseException"/>.</summary>
public interface IDriftLog
{
    /// <summary>
    /// The crew calls of jobs that are not over, begin within so many days, and are not cancelled; those that begin first come first.
    /// </summary>
    Task<IReadOnlyList<UpcomingCrewCall>> UpcomingAsync(int days, CancellationToken cancellation);

    /// <summary>
    /// Writes down what a check found. If the newest row of the department lists the same differences, and no run has put them right
    /// since, that row gets the time of this check instead of a second row being added.
    /// </summary>
    Task FoundAsync(DriftFinding finding, CancellationToken cancellation);

    /// <summary>Notes that what was found last is gone, though no run put it right. Does nothing where nothing is open.</summary>
    Task GoneAsync(UpcomingCrewCall crewCall, DateTimeOffset at, CancellationToken cancellation);
}

/// <summary>A crew call that is looked at.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Department">The department, lower case.</param>
public sealed record UpcomingCrewCall(Guid JobId, string Department);

/// <summary>What a drift check found in a crew call.</summary>
public sealed record DriftFinding
{
    /// <summary>The job and department.</summary>
    public required UpcomingCrewCall CrewCall { get; init; }

    /// <summary>The id of the crew call.</summary>
    public required Guid CrewCallId { get; init; }

    /// <summary>The id of this finding.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The correlation id of the check: its requests to Flex carry it.</summary>
    public required string CorrelationId { get; init; }

    /// <summary>The differences as a JSON array, in an order that does not change from check to check.</summary>
    public required string DifferencesJson { get; init; }

    /// <summary>Technicians who are right.</summary>
    public required int Kept { get; init; }

    /// <summary>Requests sent to Flex.</summary>
    public required int FlexRequests { get; init; }

    /// <summary>Milliseconds that the looks took.</summary>
    public required long DurationMs { get; init; }

    /// <summary>When it was found.</summary>
    public required DateTimeOffset FoundAt { get; init; }
}
