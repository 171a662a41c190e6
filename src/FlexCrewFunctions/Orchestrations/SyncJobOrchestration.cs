using FlexCrew.Contract;
using FlexCrew.Sync;
using FlexCrewFunctions.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace FlexCrewFunctions.Orchestrations;

/// <summary>The input of <see cref="SyncJobOrchestration"/>.</summary>
/// <param name="Request">What to sync.</param>
/// <param name="Settings">The configuration the run goes by, whatever it becomes meanwhile.</param>
public sealed record SyncJobInput(SyncJobRequest Request, FlowSettings Settings);

/// <summary>
/// One click. Its department runs within it, which is what every caller asks for; several run as sub-orchestrations, side by side.
/// </summary>
/// <param name="settled">Told when a department's run has settled.</param>
public sealed class SyncJobOrchestration(SettledRuns settled)
{
    /// <summary>Runs it.</summary>
    [Function(SyncJobRequest.OrchestrationName)]
    public Task<SyncJobResult> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<SyncJobInput>()!;
        return SyncJobFlow.RunAsync(input.Request, input.Settings, department => input.Request.Departments.Count == 1
            ? SyncCrewCallOrchestration.RunAsync(context, department, settled)
            : context.CallSubOrchestratorAsync<DepartmentSummary>(
                SyncCrewCallOrchestration.Name, department, new SubOrchestrationOptions(instanceId: department.Holder)));
    }
}
