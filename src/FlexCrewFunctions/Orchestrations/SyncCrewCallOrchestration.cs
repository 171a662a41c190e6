using FlexCrew.Sync;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace FlexCrewFunctions.Orchestrations;

/// <summary>One department: lease, flow, log, release.</summary>
public static class SyncCrewCallOrchestration
{
    /// <summary>The name of the orchestration.</summary>
    public const string Name = "SyncCrewCall";

    /// <summary>Runs it.</summary>
    [Function(Name)]
    public static Task<DepartmentSummary> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        RunAsync(context, context.GetInput<DepartmentRun>()!);

    private static Task<DepartmentSummary> RunAsync(TaskOrchestrationContext context, DepartmentRun department) =>
        CrewCallSync.RunAsync(
            department,
            new ActivitySteps(context, department.Settings),
            new EntityLeases(context),
            new OrchestrationHost(context));
}
