using FlexCrew.Database;

namespace FlexCrew.Comparison;

/// <summary>What is known of a job without asking Flex.</summary>
/// <param name="Job">The job.</param>
/// <param name="Departments">Its departments that have a crew call or somebody assigned.</param>
internal sealed record JobState(JobRow Job, IReadOnlyList<DepartmentState> Departments);

/// <summary>What is known of a job's department without asking Flex.</summary>
internal sealed record DepartmentState(string Department)
{
    /// <summary>
    /// The worst that is known of it: <c>no_mapping</c>, <c>failed</c>, <c>partial</c>, <c>drift</c>, <c>to_sync</c>,
    /// <c>no_resource</c> or <c>settled</c>.
    /// </summary>
    public required string State { get; init; }

    /// <summary>The element in Flex; null when no crew call is mapped.</summary>
    public string? ElementId { get; init; }

    /// <summary>Whether others are linked to the same element.</summary>
    public bool IsShared { get; init; }

    /// <summary>How many crew calls the department has: more than one only in the older schema, and then the oldest counts.</summary>
    public int CrewCalls { get; init; }

    /// <summary>Technicians assigned.</summary>
    public int Assigned { get; init; }

    /// <summary>Technicians whom the table maps.</summary>
    public int Mapped { get; init; }

    /// <summary>Technicians who are assigned, can be in Flex, and are not mapped.</summary>
    public int ToAdd { get; init; }

    /// <summary>Technicians who are mapped and not assigned.</summary>
    public int ToRemove { get; init; }

    /// <summary>Technicians who are assigned and have no resource id.</summary>
    public int WithoutResource { get; init; }

    /// <summary>The newest run that was not answered by another.</summary>
    public RunRow? Run { get; init; }

    /// <summary>The newest drift that was found; null when a run succeeded since, or a later check found it gone.</summary>
    public RunRow? Drift { get; init; }
}

/// <summary>What the rows of the jobs are; all of them are about the same jobs.</summary>
internal sealed record JobFacts(
    IReadOnlyList<JobCrewCallRow> CrewCalls,
    IReadOnlyList<JobAssignmentRow> Assignments,
    IReadOnlyList<JobMappedRow> Mapped,
    IReadOnlyList<RunRow> Runs);

/// <summary>Makes the list of jobs of its rows. Pure.</summary>
internal static class JobStates
{
    public static IReadOnlyList<JobState> Of(IReadOnlyList<JobRow> jobs, JobFacts facts)
    {
        var crewCalls = facts.CrewCalls.ToLookup(row => (row.JobId, row.Department));
        var mapped = facts.Mapped.ToLookup(row => (row.JobId, row.Department), row => row.TechnicianId);
        var runs = facts.Runs.ToLookup(row => (row.JobId, row.Department));
        var assignments = facts.Assignments.ToLookup(row => row.JobId, row => row.Assignment);

        return
        [
            .. from job in jobs
               let departments = Departments.All.Select(department => Department(job.Id, department)).OfType<DepartmentState>()
               select new JobState(job, [.. departments]),
        ];

        DepartmentState? Department(Guid job, string department)
        {
            var key = (job, department);
            var assigned = AssignedCrew.Of(assignments[job], department);
            // The web app has no crew calls for video: people who are assigned there are no reason for a warning.
            if (!crewCalls[key].Any() && (assigned.Count == 0 || !Departments.Default.Contains(department)))
                return null;
            return State(department, assigned, [.. mapped[key]], [.. crewCalls[key]], [.. runs[key]]);
        }
    }

    private static DepartmentState State(
        string department,
        IReadOnlyList<AssignedTechnician> assigned,
        HashSet<Guid> mapped,
        IReadOnlyList<JobCrewCallRow> crewCalls,
        IReadOnlyList<RunRow> runs)
    {
        var wanted = assigned.Select(one => one.TechnicianId).ToHashSet();
        var run = runs.FirstOrDefault(row => row.Status != "drift");
        var drift = runs.FirstOrDefault(row => row.Status == "drift");
        if (drift is { IsGone: true } || (run is { Status: "succeeded" } && run.StartedAt > drift?.StartedAt)) drift = null;
        var state = new DepartmentState(department)
        {
            State = "settled",
            ElementId = crewCalls.Count > 0 ? crewCalls[0].ElementId : null,
            IsShared = crewCalls.Count > 0 && crewCalls[0].IsShared,
            CrewCalls = crewCalls.Count,
            Assigned = assigned.Count,
            Mapped = mapped.Count,
            ToAdd = assigned.Count(one => one.ResourceId is not null && !mapped.Contains(one.TechnicianId)),
            ToRemove = mapped.Count(id => !wanted.Contains(id)),
            WithoutResource = assigned.Count(one => one.ResourceId is null),
            Run = run,
            Drift = drift,
        };
        return state with { State = Worst(state) };
    }

    private static string Worst(DepartmentState state) => state switch
    {
        { ElementId: null } => "no_mapping",
        { Run: { Status: "failed" or "partial" } run } => run.Status,
        { Drift: not null } => "drift",
        { ToAdd: > 0 } or { ToRemove: > 0 } => "to_sync",
        { WithoutResource: > 0 } => "no_resource",
        _ => "settled",
    };
}
