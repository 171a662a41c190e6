using FlexCrew.Locking;
using FlexCrew.Tests.Sync.Fakes;
using FlexCrewFunctions.Leases;
using FlexCrewFunctions.Tests.Backend;

namespace FlexCrewFunctions.Tests.Leases;

/// <summary>The operations of the entity, on a state that is stored as JSON between them.</summary>
public class CrewLeaseTests
{
    private static readonly LeaseKey Key = new(Runs.Job, "sound");

    private readonly MemoryHub hub = new();

    [Fact]
    public void The_entity_of_a_lease_is_named_after_its_job_and_department() =>
        Assert.Equal("@crewlease@99999999-0000-0000-0000-000000000001:sound", CrewLease.IdOf(Key).ToString());

    [Fact]
    public async Task The_first_who_asks_is_granted_the_second_learns_who_was()
    {
        var first = await AskAsync("first");
        var second = await AskAsync("second");

        Assert.Equal((LeaseAnswerKind.Granted, LeaseAnswerKind.Busy), (first.Kind, second.Kind));
        Assert.Equal(("first", first.Token), (second.Holder, second.Token));
        Assert.Equal(hub.GetUtcNow(), second.AcquiredAt);
    }

    [Fact]
    public async Task An_ask_that_is_delivered_twice_is_granted_with_the_same_token() =>
        Assert.Equal((await AskAsync("first")).Token, (await AskAsync("first")).Token);

    [Fact]
    public async Task Who_waited_while_a_later_run_completed_gets_its_result()
    {
        var first = await AskAsync("first");
        var ahead = await AskAsync("later");
        var waiting = await AskAsync("waiting");
        await ReleaseAsync("first", first.Token, "too early");
        var later = await AskAsync("later", ahead.Ticket);
        await ReleaseAsync("later", later.Token, """{"added":3}""");

        var answer = await AskAsync("waiting", waiting.Ticket);
        Assert.Equal((LeaseAnswerKind.Coalesced, """{"added":3}"""), (answer.Kind, answer.Summary));
    }

    [Theory]
    [InlineData("other", 0)]
    [InlineData("first", 1)]
    public async Task Nobody_but_the_holder_with_its_token_gives_a_lease_back(string holder, long tokenOff)
    {
        var granted = await AskAsync("first");
        await ReleaseAsync(holder, granted.Token + tokenOff, "summary");

        Assert.Equal(("first", null), (State?.Holder, State?.LastCompleted));
    }

    [Fact]
    public async Task A_take_over_frees_the_lease_that_was_seen_and_no_newer_one()
    {
        var seen = await AskAsync("first");
        Assert.True(await TakeOverAsync("first", seen.Token));
        var newer = await AskAsync("second");

        Assert.True(newer.Token > seen.Token);
        Assert.False(await TakeOverAsync("first", seen.Token));
        Assert.False(await TakeOverAsync("second", seen.Token));
        Assert.Equal("second", State?.Holder);
    }

    [Fact]
    public async Task A_lease_that_is_idle_leaves_nothing_behind()
    {
        var granted = await AskAsync("first");
        await ReleaseAsync("first", granted.Token, "summary");
        await SweepAsync();
        Assert.NotNull(State);

        await LaterAsync(Lease.IdleFor);
        await SweepAsync();
        Assert.Null(State);
        Assert.True((await AskAsync("second")).Token > granted.Token);
    }

    [Fact]
    public async Task A_lease_that_is_held_is_not_swept_however_old()
    {
        await AskAsync("first");
        await LaterAsync(TimeSpan.FromDays(1));
        await SweepAsync();

        Assert.Equal("first", State?.Holder);
    }

    private LeaseState? State => hub.Entities.State(Key);

    private async Task<LeaseAnswer> AskAsync(string holder, long? ticket = null) =>
        (await hub.Entities.CallAsync<LeaseAnswer>(Key, "TryAcquire", new LeaseRequest(holder, true, ticket)))!;

    private Task ReleaseAsync(string holder, long token, string? summary) =>
        hub.Entities.CallAsync<object>(Key, "Release", new LeaseRelease(holder, token, true, summary));

    private Task<bool> TakeOverAsync(string holder, long token) =>
        hub.Entities.CallAsync<bool>(Key, "TakeOver", new LeaseTakeOver(holder, token));

    private Task SweepAsync() => hub.Entities.CallAsync<object>(Key, "Sweep");

    private Task LaterAsync(TimeSpan by) => hub.RunAsync(hub.GetUtcNow() + by);
}
