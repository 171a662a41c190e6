using FlexCrew.Sync;

namespace FlexCrew.Tests.Sync.Fakes;

/// <summary>Runs with the settings of production.</summary>
internal static class Runs
{
    public static readonly Guid Job = new("99999999-0000-0000-0000-000000000001");

    public static FlowSettings Settings { get; } = FlowSettings.From(new FlexCrewOptions());

    public static SyncJobRequest Request(string instance = "me", bool prune = true, int attempt = 1, params string[] departments) =>
        new(instance, Job, departments is [] ? ["sound"] : departments, prune, "correlation", "caller", attempt);

    public static DepartmentRun Sound(string instance = "me", bool prune = true, int attempt = 1, FlowSettings? settings = null) =>
        new(DepartmentRun.HolderOf(instance, "sound"), Request(instance, prune, attempt), "sound", settings ?? Settings);

    public static RunContext Context { get; } = new("me:sound", Job, "sound", "correlation", 1);
}
