using FlexCrew.Sync;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace FlexCrewFunctions.Orchestrations;

/// <summary>The input of <see cref="SyncJobOrchestration"/>.</summary>
/// <param name="Request">What to sync.</param>
/// <param name="Settings">The configuration the run goes by, whatever it becomes meanwhile.</param>
public sealed record SyncJobInput(SyncJobRequest Request, FlowSettings Settings);

/// <summary>One click: a sub-orchestration per department, side by side.</summary>
public static class SyncJobOrchestration
{
    /// <summary>Runs it.</summary>
    [Function(SyncJobRequest.OrchestrationName)]
    public static Task<SyncJobResult> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<SyncJobInput>()!;
        return SyncJobFlow.RunAsync(input.Request, input.Settings, department =>
            context.CallSubOrchestratorAsync<DepartmentSummary>(
                SyncCrewCallOrchestration.Name, department, new SubOrchestrationOptions(instanceId: department.Holder)));
    }
}
