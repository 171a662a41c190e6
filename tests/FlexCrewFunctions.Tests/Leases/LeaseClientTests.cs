using FlexCrew.Locking;
using FlexCrew.Tests.Sync.Fakes;
using FlexCrewFunctions.Activities;
using FlexCrewFunctions.Leases;
using FlexCrewFunctions.Tests.Backend;
using Microsoft.DurableTask.Client;
using Moq;

namespace FlexCrewFunctions.Tests.Leases;

/// <summary>What reaches the leases from outside of orchestrations: administration, look-up of holders.</summary>
public class LeaseClientTests
{
    private static readonly LeaseKey Key = new(Runs.Job, "sound");

    private readonly MemoryHub hub = new();
    private readonly EntityClient entities;

    public LeaseClientTests()
    {
        entities = new EntityClient(hub);
        entities.Instances.Setup(c => c.GetInstanceAsync(It.IsAny<string>(), false, It.IsAny<CancellationToken>()))
            .ReturnsAsync((OrchestrationMetadata?)null);
    }

    [Fact]
    public async Task An_administrator_frees_a_lease_whoever_holds_it_and_learns_who_did()
    {
        var token = await GrantAsync("stuck");
        var held = await new EntityLeaseAdministration(entities.Client).ForceReleaseAsync(Key, CancellationToken.None);

        Assert.Equal(("stuck", token), (held.Holder, held.Token));
        Assert.Null(hub.Entities.State(Key)?.Holder);
    }

    [Fact]
    public async Task A_lease_that_is_free_is_left_alone_by_an_administrator()
    {
        Assert.Null((await new EntityLeaseAdministration(entities.Client).ForceReleaseAsync(Key, CancellationToken.None)).Holder);
        Assert.Empty(entities.Signals);
        Assert.Null(hub.Entities.State(Key));
    }

    [Fact]
    public async Task The_leases_that_are_held_are_listed_and_the_free_ones_are_not()
    {
        var token = await GrantAsync("busy:sound");
        var free = new LeaseKey(Runs.Job, "lights");
        var granted = await hub.Entities.CallAsync<LeaseAnswer>(free, "TryAcquire", new LeaseRequest("done:lights", true));
        await entities.Client.Entities.SignalEntityAsync(
            CrewLease.IdOf(free), "Release", new LeaseRelease("done:lights", granted!.Token, true, null));

        var held = Assert.Single(await new EntityLeaseList(entities.Client).HeldAsync(CancellationToken.None));

        Assert.Equal((Key, "busy:sound", token), (held.Key, held.Holder, held.Token));
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Pending, HolderStatus.Running)]
    [InlineData(OrchestrationRuntimeStatus.Running, HolderStatus.Running)]
    [InlineData(OrchestrationRuntimeStatus.Suspended, HolderStatus.Running)]
    [InlineData(OrchestrationRuntimeStatus.Completed, HolderStatus.Ended)]
    [InlineData(OrchestrationRuntimeStatus.Failed, HolderStatus.Ended)]
    [InlineData(OrchestrationRuntimeStatus.Terminated, HolderStatus.Ended)]
    public async Task A_holder_runs_until_its_orchestration_has_ended(OrchestrationRuntimeStatus status, HolderStatus told)
    {
        var changed = hub.GetUtcNow();
        Knows("me", status, changed);

        Assert.Equal(new HolderState(told, told == HolderStatus.Ended ? changed : null), await LookUpAsync());
    }

    [Fact]
    public async Task A_department_with_an_orchestration_of_its_own_has_ended_with_that()
    {
        Knows("me", OrchestrationRuntimeStatus.Running, hub.GetUtcNow());
        Knows("me:sound", OrchestrationRuntimeStatus.Completed, hub.GetUtcNow().AddSeconds(-5));

        Assert.Equal(new HolderState(HolderStatus.Ended, hub.GetUtcNow().AddSeconds(-5)), await LookUpAsync());
    }

    [Fact]
    public async Task A_holder_that_is_unknown_is_told_so() => Assert.Equal(new HolderState(HolderStatus.NotFound), await LookUpAsync());

    private void Knows(string id, OrchestrationRuntimeStatus status, DateTimeOffset changed) =>
        entities.Instances.Setup(c => c.GetInstanceAsync(id, false, It.IsAny<CancellationToken>()))
            .ReturnsAsync(new OrchestrationMetadata("SyncJob", id) { RuntimeStatus = status, LastUpdatedAt = changed });

    private Task<HolderState> LookUpAsync() => HolderStateActivity.RunAsync("me:sound", entities.Client, CancellationToken.None);

    private async Task<long> GrantAsync(string holder) =>
        (await hub.Entities.CallAsync<LeaseAnswer>(Key, "TryAcquire", new LeaseRequest(holder, true)))!.Token;
}
