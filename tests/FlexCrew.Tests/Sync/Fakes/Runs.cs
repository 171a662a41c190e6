using FlexCrew.Contract;
using FlexCrew.Database;
using FlexCrew.Planning;
using FlexCrew.Sync;

namespace FlexCrew.Tests.Sync.Fakes;

/// <summary>Runs with the settings of production.</summary>
internal static class Runs
{
    public static readonly Guid Job = new("99999999-0000-0000-0000-000000000001");

    public static readonly Guid CrewCall = new("cccccccc-0000-0000-0000-000000000001");

    public static FlowSettings Settings { get; } = FlowSettings.From(new FlexCrewOptions());

    public static RunContext Context { get; } = new("me", Job, "sound", "correlation", DateTimeOffset.MaxValue);

    /// <summary>The crew call with the fence of <see cref="Context"/>.</summary>
    public static CrewCallTarget Target { get; } = new(CrewCall, "element", new FenceHold("element", 1, "me:sound"));

    public static SyncJobRequest Request(string instance = "me", bool prune = true, int attempt = 1, params string[] departments) =>
        new(instance, Job, departments is [] ? ["sound"] : departments, prune, "correlation", "caller", attempt);

    public static DepartmentRun Sound(string instance = "me", bool prune = true, int attempt = 1, FlowSettings? settings = null) =>
        new(DepartmentRun.HolderOf(instance, "sound"), Request(instance, prune, attempt), "sound", settings ?? Settings);

    /// <summary>The crew call may be written to, and this is what is to be done.</summary>
    public static ResolvedCrew Resolved(CrewPlan plan) => new()
    {
        CrewCall = new CrewCallRow(CrewCall, "element"),
        Fence = Target.Fence,
        Plan = plan,
        Contacts = plan.StaleRows.Count > 0 ? [] : null,
    };

    /// <summary>Another run writes to the element.</summary>
    public static ResolvedCrew Busy(bool isNext = false) =>
        new() { CrewCall = new CrewCallRow(CrewCall, "element"), BusyWith = "other:lights", IsNext = isNext };
}
