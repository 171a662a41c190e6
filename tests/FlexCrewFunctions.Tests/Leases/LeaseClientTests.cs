using FlexCrew.Locking;
using FlexCrew.Tests.Sync.Fakes;
using FlexCrewFunctions.Activities;
using FlexCrewFunctions.Leases;
using FlexCrewFunctions.Tests.Backend;
using Microsoft.DurableTask.Client;
using Moq;

namespace FlexCrewFunctions.Tests.Leases;

/// <summary>What reaches the leases from outside of orchestrations: fence, administration, look-up of holders.</summary>
public class LeaseClientTests
{
    private static readonly LeaseKey Key = new(Runs.Job, "sound");

    private readonly MemoryHub hub = new();
    private readonly EntityClient entities;

    public LeaseClientTests() => entities = new EntityClient(hub);

    [Fact]
    public async Task The_newest_grant_may_write_an_older_one_may_not()
    {
        var older = await GrantAsync("first");
        await entities.Client.Entities.SignalEntityAsync(CrewLease.IdOf(Key), "TakeOver", new LeaseTakeOver("first", older));
        var newest = await GrantAsync("second");

        Assert.False(await IsCurrentAsync(older));
        Assert.True(await IsCurrentAsync(newest));
    }

    [Fact]
    public async Task A_grant_that_the_read_does_not_show_yet_may_write()
    {
        Assert.True(await IsCurrentAsync(1));
        Assert.True(await IsCurrentAsync(await GrantAsync("first") + 1));
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
        await entities.Client.Entities.SignalEntityAsync(CrewLease.IdOf(free), "Release", new LeaseRelease("done:lights", granted!.Token, true, null));

        var held = Assert.Single(await new EntityLeaseList(entities.Client).HeldAsync(CancellationToken.None));

        Assert.Equal((Key, "busy:sound", token), (held.Key, held.Holder, held.Token));
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Pending, true)]
    [InlineData(OrchestrationRuntimeStatus.Running, true)]
    [InlineData(OrchestrationRuntimeStatus.Suspended, true)]
    [InlineData(OrchestrationRuntimeStatus.Completed, false)]
    [InlineData(OrchestrationRuntimeStatus.Failed, false)]
    [InlineData(OrchestrationRuntimeStatus.Terminated, false)]
    public async Task A_holder_runs_until_its_orchestration_has_ended(OrchestrationRuntimeStatus status, bool running)
    {
        var changed = hub.GetUtcNow();
        entities.Instances.Setup(c => c.GetInstanceAsync("me:sound", false, It.IsAny<CancellationToken>()))
            .ReturnsAsync(new OrchestrationMetadata("SyncCrewCall", "me:sound") { RuntimeStatus = status, LastUpdatedAt = changed });

        Assert.Equal(new HolderState(running, changed), await HolderStateActivity.RunAsync("me:sound", entities.Client, CancellationToken.None));
    }

    [Fact]
    public async Task A_holder_that_is_unknown_does_not_run()
    {
        entities.Instances.Setup(c => c.GetInstanceAsync("me:sound", false, It.IsAny<CancellationToken>())).ReturnsAsync((OrchestrationMetadata?)null);

        Assert.Equal(new HolderState(false, null), await HolderStateActivity.RunAsync("me:sound", entities.Client, CancellationToken.None));
    }

    private Task<bool> IsCurrentAsync(long token) => new EntityFence(entities.Client).IsCurrentAsync(Key, token, CancellationToken.None);

    private async Task<long> GrantAsync(string holder) =>
        (await hub.Entities.CallAsync<LeaseAnswer>(Key, "TryAcquire", new LeaseRequest(holder, true)))!.Token;
}
