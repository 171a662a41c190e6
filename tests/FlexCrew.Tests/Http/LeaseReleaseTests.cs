using FlexCrew.Locking;
using FlexCrew.Tests.Http.Contract;
using FlexCrew.Tests.Http.Support;

namespace FlexCrew.Tests.Http;

/// <summary>An admin frees what a run that is no more has left: its lease, and the fence that it had claimed in the database.</summary>
public sealed class LeaseReleaseTests : IAsyncLifetime
{
    private const string Path = "/functions/v1/sync-flex-crew-for-job/leases";
    private const string Element = "0a1b2c3d-0000-4000-8000-00000000000f";
    private const string Nothing = """{"ok":true,"released":false,"lease":null}""";

    private SyncHost host = null!;

    public async Task InitializeAsync() => host = await SyncHost.StartAsync();

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task The_fence_of_an_element_is_freed_whoever_holds_it_and_the_answer_tells_who_did()
    {
        host.Fences.Hold(Element, "some-run:lights");

        var answer = await ReleaseAsync($"{Element.ToUpperInvariant()}/ELEMENT", TestUsers.Admin);

        Assert.Equal(
            (200, """{"ok":true,"released":true,"lease":{"holder":"some-run:lights","acquired_at":"2026-03-01T12:00:00Z","token":7}}"""),
            (answer.Status, answer.Body));
        Assert.Empty(host.Fences.Held);
        Assert.Contains(host.Logs.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal)
            && line.Contains($"released by user {TestUsers.Admin}") && line.Contains("held by some-run:lights"));
    }

    [Fact]
    public async Task An_element_that_nobody_writes_to_is_told_to_be_free()
    {
        host.Fences.Hold("another", "some-run:lights");

        var answer = await ReleaseAsync($"{Element}/element", TestUsers.Admin);

        Assert.Equal((200, Nothing), (answer.Status, answer.Body));
        Assert.Single(host.Fences.Held);
    }

    [Fact]
    public async Task Whoever_is_no_admin_frees_no_element()
    {
        host.Fences.Hold(Element, "some-run:lights");

        Assert.Equal(403, (await ReleaseAsync($"{Element}/element", TestUsers.Management)).Status);
        Assert.Single(host.Fences.Held);
    }

    [Fact]
    public async Task With_the_lease_of_a_crew_call_goes_the_fence_of_its_holder_and_no_other()
    {
        host.Leases[new LeaseKey(MemoryCrewCalls.Job, "sound")] = new LeaseState { Holder = "some-run:sound", Token = 5 };
        host.Fences.Hold(Element, "some-run:sound");
        host.Fences.Hold("another", "some-run:lights");

        var answer = await ReleaseAsync($"{MemoryCrewCalls.Job}/sound", TestUsers.Admin);

        Assert.Equal(200, answer.Status);
        Assert.Equal(["another"], host.Fences.Held.Keys);
        Assert.Null(host.Leases[new LeaseKey(MemoryCrewCalls.Job, "sound")].Holder);
    }

    [Fact]
    public async Task A_lease_that_is_free_takes_no_fence_from_anybody()
    {
        host.Fences.Hold(Element, "some-run:sound");

        var answer = await ReleaseAsync($"{MemoryCrewCalls.Job}/sound", TestUsers.Admin);

        Assert.Equal((200, Nothing), (answer.Status, answer.Body));
        Assert.Single(host.Fences.Held);
    }

    [Fact]
    public async Task A_database_that_is_away_is_told_without_its_words()
    {
        host.Fences.Failure = new InvalidOperationException("password of the database");

        var answer = await ReleaseAsync($"{Element}/element", TestUsers.Admin);

        Assert.Equal(500, answer.Status);
        Assert.DoesNotContain("password", answer.Body);
    }

    private Task<RawAnswer> ReleaseAsync(string which, Guid user) =>
        host.SendAsync("POST", $"{Path}/{which}/release", null, host.Bearer(user));
}
