using FlexCrew.Locking;

namespace FlexCrew.Contract;

/// <summary>The input of a department's run.</summary>
/// <param name="Holder">The instance id under which it holds the lease: <c>{instance}:{department}</c>.</param>
/// <param name="Request">The request it belongs to.</param>
/// <param name="Department">The department.</param>
/// <param name="Settings">What it needs of the configuration, fixed when the run was started.</param>
public sealed record DepartmentRun(string Holder, SyncJobRequest Request, string Department, FlowSettings Settings)
{
    /// <summary>The lease that the run takes.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public LeaseKey LeaseKey => new(Request.JobId, Department);

    /// <summary>The holder of a department's run.</summary>
    public static string HolderOf(string instanceId, string department) => $"{instanceId}:{department}";

    /// <summary>The run that a holder belongs to.</summary>
    public static string InstanceOf(string holder) => holder.LastIndexOf(':') is > 0 and var colon ? holder[..colon] : holder;
}

/// <summary>
/// The part of the configuration that decides how a run goes. It travels with the run, so that a run that is
/// replayed after a change of configuration goes the way it began.
/// </summary>
public sealed record FlowSettings(
    int MaxConcurrentAdds,
    TimeSpan DeadHolderAfter,
    TimeSpan RunDeadline,
    IReadOnlyList<TimeSpan> StepRetryDelays,
    IReadOnlyList<TimeSpan> RetrySchedule)
{
    /// <summary>When the holder of a lease counts as gone.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public HolderLimits HolderLimits => new(RunDeadline, DeadHolderAfter);

    /// <summary>Taken from the options.</summary>
    public static FlowSettings From(FlexCrewOptions options) => new(
        options.MaxConcurrentFlexRequests,
        options.LeaseTimeout / 2,
        options.RunDeadline,
        options.StepRetryDelays.Count > 0 ? [.. options.StepRetryDelays] : [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15)],
        options.RetrySchedule.Count > 0
            ? [.. options.RetrySchedule]
            : [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(60)]);
}
