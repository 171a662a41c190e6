using FlexCrew.Contract;
using FlexCrew.Sync;
using FlexCrewFunctions.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace FlexCrewFunctions.Orchestrations;

/// <summary>One department of several: lease, flow, log, release.</summary>
/// <param name="settled">Told when the run has settled.</param>
public sealed class SyncCrewCallOrchestration(SettledRuns settled)
{
    /// <summary>The name of the orchestration.</summary>
    public const string Name = "SyncCrewCall";

    /// <summary>Runs it.</summary>
    [Function(Name)]
    public Task<DepartmentSummary> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        RunAsync(context, context.GetInput<DepartmentRun>()!, settled);

    /// <summary>Runs a department within an orchestration.</summary>
    internal static Task<DepartmentSummary> RunAsync(TaskOrchestrationContext context, DepartmentRun department, SettledRuns settled) =>
        CrewCallSync.RunAsync(
            department,
            new ActivitySteps(context),
            new EntityLeases(context),
            new OrchestrationHost(context, department, settled));
}
