using System.Diagnostics.Metrics;
using FlexCrew.Locking;
using FlexCrew.Tests.Sync.Fakes;
using FlexCrewFunctions.Tests.Backend;
using FlexCrewFunctions.Tests.Leases;
using FlexCrewFunctions.Timers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Entities;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace FlexCrewFunctions.Tests.Timers;

public class LeaseSweepTests
{
    private static readonly LeaseKey Sound = new(Runs.Job, "sound");
    private static readonly LeaseKey Lights = new(Runs.Job, "lights");

    private readonly MemoryHub hub = new();
    private readonly EntityClient client;
    private readonly Dictionary<string, OrchestrationMetadata> holders = [];

    public LeaseSweepTests()
    {
        client = new EntityClient(hub);
        client.Instances.Setup(c => c.GetInstanceAsync(It.IsAny<string>(), false, It.IsAny<CancellationToken>()))
            .ReturnsAsync((string id, bool _, CancellationToken _) => holders.GetValueOrDefault(id));
    }

    [Fact]
    public async Task The_lease_of_a_holder_that_ended_long_enough_ago_is_freed_and_its_age_told_a_last_time()
    {
        await HoldAsync(Sound, "dead", OrchestrationRuntimeStatus.Terminated);
        await HoldAsync(Lights, "alive", OrchestrationRuntimeStatus.Running);
        var ages = await SweepAsync(after: Runs.Settings.DeadHolderAfter);

        Assert.Equal((null, "alive"), (State(Sound)?.Holder, State(Lights)?.Holder));
        var age = Runs.Settings.DeadHolderAfter.TotalSeconds;
        Assert.Equal((age, age, 0), (ages["sound"], ages["lights"], ages["video"]));
        Assert.Equal(0, (await SweepAsync(after: TimeSpan.Zero))["sound"]);
    }

    [Fact]
    public async Task The_lease_of_a_holder_that_ended_just_now_is_left_alone()
    {
        await HoldAsync(Sound, "dead", OrchestrationRuntimeStatus.Terminated);
        var ages = await SweepAsync(after: Runs.Settings.DeadHolderAfter - TimeSpan.FromSeconds(1));

        Assert.Equal("dead", State(Sound)?.Holder);
        Assert.Equal(Runs.Settings.DeadHolderAfter.TotalSeconds - 1, ages["sound"]);
    }

    [Fact]
    public async Task A_holder_that_is_unknown_counts_as_ended_since_its_grant()
    {
        await HoldAsync(Sound, "forgotten", null);
        await SweepAsync(after: Runs.Settings.DeadHolderAfter);

        Assert.Null(State(Sound)?.Holder);
    }

    [Fact]
    public async Task A_holder_that_runs_on_after_its_deadline_loses_the_lease()
    {
        await HoldAsync(Sound, "alive", OrchestrationRuntimeStatus.Running);
        await SweepAsync(after: Runs.Settings.RunDeadline);
        Assert.Equal("alive", State(Sound)?.Holder);

        await SweepAsync(after: Runs.Settings.DeadHolderAfter);
        Assert.Null(State(Sound)?.Holder);
    }

    [Fact]
    public async Task A_lease_that_is_idle_is_deleted_one_that_was_used_lately_is_not()
    {
        await GiveBackAsync(await HoldAsync(Sound, "old", OrchestrationRuntimeStatus.Completed), Sound, "old");
        await hub.RunAsync(hub.GetUtcNow() + TimeSpan.FromMinutes(1));
        await GiveBackAsync(await HoldAsync(Lights, "new", OrchestrationRuntimeStatus.Completed), Lights, "new");
        await SweepAsync(after: Lease.IdleFor - TimeSpan.FromMinutes(1));

        Assert.Null(State(Sound));
        Assert.NotNull(State(Lights));
    }

    [Fact]
    public async Task Only_leases_are_asked_for_with_their_state()
    {
        await SweepAsync(after: TimeSpan.Zero);

        client.Entities.Verify(e => e.GetAllEntitiesAsync<LeaseState>(
            It.Is<EntityQuery>(query => query.InstanceIdStartsWith == "@crewlease@" && query.IncludeState)));
    }

    private LeaseState? State(LeaseKey key) => hub.Entities.State(key);

    private async Task<long> HoldAsync(LeaseKey key, string holder, OrchestrationRuntimeStatus? status)
    {
        if (status is { } known)
            holders[holder] = new OrchestrationMetadata("SyncCrewCall", holder) { RuntimeStatus = known, LastUpdatedAt = hub.GetUtcNow() };
        return (await hub.Entities.CallAsync<LeaseAnswer>(key, "TryAcquire", new LeaseRequest(holder, true)))!.Token;
    }

    private Task GiveBackAsync(long token, LeaseKey key, string holder) =>
        hub.Entities.CallAsync<object>(key, "Release", new LeaseRelease(holder, token, true, "summary"));

    private async Task<Dictionary<string, double>> SweepAsync(TimeSpan after)
    {
        var ages = new Dictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == "flexcrew.lease.age") listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, age, tags, _) => ages[(string)tags[0].Value!] = age);
        listener.Start();
        await hub.RunAsync(hub.GetUtcNow() + after);
        await new LeaseSweepFunction(Runs.Settings, hub, NullLogger<LeaseSweepFunction>.Instance)
            .RunAsync(new TimerInfo(), client.Client, CancellationToken.None);
        return ages;
    }
}
