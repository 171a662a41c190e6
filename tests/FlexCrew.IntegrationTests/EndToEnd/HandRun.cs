using FlexCrew.Database;
using FlexCrew.LocalHost.Runs;
using FlexCrew.Sync;
using FlexSimulator;
using Microsoft.Extensions.DependencyInjection;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>A run that a test makes by hand in the first host: it holds the fence of a crew call, and calls single steps.</summary>
internal sealed class HandRun
{
    private readonly DirectSteps steps;

    private HandRun(DirectSteps steps, RunContext run, CrewCallTarget target) => (this.steps, Run, Target) = (steps, run, target);

    public RunContext Run { get; }

    public CrewCallTarget Target { get; }

    /// <summary>Claims the fence; another run may have it once this one was quiet for as long as told.</summary>
    public static async Task<HandRun> BeginAsync(
        Stage stage, (Guid Id, CrewCall Flex) crewCall, TimeSpan quietFor, string department = "sound")
    {
        var run = new RunContext("run-1", stage.Job, department, "correlation-1", DateTimeOffset.UtcNow.AddMinutes(10));
        var reader = stage.Host.Services.GetRequiredService<ICrewReader>();
        var reading = await reader.ReadAsync(new CrewQuery(stage.Job, department, run.Holder, quietFor), default);
        Assert.Equal(run.Holder, reading.Fence!.Holder);
        var fence = new FenceHold(crewCall.Flex.Id.ToLowerInvariant(), reading.Fence.Token, run.Holder);
        return new HandRun(
            stage.Host.Services.GetRequiredService<DirectSteps>(), run, new CrewCallTarget(reading.Call!.Id, crewCall.Flex.Id, fence));
    }

    public Task<StepResult<AddedContact>> AddAsync((Guid Id, string Resource) one) =>
        steps.CallAsync(SyncSteps.Add, new AddInput(Run, Target, one.Resource, [new(one.Id, null)], null));

    public Task<StepResult<RemovedContacts>> PruneAsync(params FlexCrew.Planning.ContactDeletion[] contacts) =>
        steps.CallAsync(SyncSteps.Prune, new PruneInput(Run, Target, contacts));
}
