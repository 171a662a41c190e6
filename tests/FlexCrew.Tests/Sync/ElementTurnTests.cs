using FlexCrew.Sync;
using FlexCrew.Tests.Sync.Fakes;

namespace FlexCrew.Tests.Sync;

/// <summary>Crew calls that are linked to one element in Flex are synced one after the other.</summary>
public sealed class ElementTurnTests
{
    private readonly FakeHost host = new();
    private readonly ScriptedSteps steps = new();
    private readonly MemoryLeases leases;

    public ElementTurnTests() => leases = new MemoryLeases(host);

    [Fact]
    public async Task A_crew_call_that_shares_its_element_waits_until_the_sibling_has_given_it_back()
    {
        leases.ElementHeldBy("sibling:lights");
        host.OnWait = () =>
        {
            Assert.Equal(["ResolveCrew"], steps.Calls.Select(call => call.Name));
            if (host.Waits.Count == 2) leases.GiveElement("sibling:lights");
        };

        var summary = await RunAsync(shared: true);

        Assert.Null(summary.Errors);
        Assert.Equal([0.25, 0.5], host.Waits.Select(wait => wait.TotalSeconds));
        Assert.Equal(1, steps.CallsOf(SyncSteps.Prune));
        Assert.Contains(new SyncProgress("waiting for lease"), host.Progress);
    }

    [Fact]
    public async Task It_gives_the_element_back_and_covers_nobody()
    {
        await RunAsync(shared: true);

        Assert.NotEqual(0, leases.Element.Token);
        Assert.Null(leases.Element.Holder);
        Assert.Null(leases.Element.LastCompleted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_gives_the_element_back_whatever_a_step_does(bool throws)
    {
        if (throws) steps.Throw(SyncSteps.Prune, new InvalidOperationException("boom"));
        else steps.Fail(SyncSteps.Prune, new Failure(FailureKind.FlexToken, "The Flex token was refused"));

        await RunAsync(shared: true);

        Assert.Null(leases.Element.Holder);
        Assert.Null(leases.State.Holder);
    }

    [Fact]
    public async Task An_element_without_siblings_is_not_asked_for()
    {
        leases.ElementHeldBy("somebody");

        Assert.Null((await RunAsync(shared: false)).Errors);
        Assert.Empty(host.Waits);
    }

    [Fact]
    public async Task The_element_of_a_dead_sibling_is_taken_over()
    {
        leases.ElementHeldBy("sibling:lights");
        leases.Dies("sibling:lights");

        Assert.Null((await RunAsync(shared: true)).Errors);
        Assert.InRange(host.Waits.Sum(wait => wait.TotalSeconds), 30, 60);
    }

    [Fact]
    public async Task Who_never_gets_the_element_says_so_and_is_tried_again()
    {
        leases.ElementHeldBy("sibling:lights");

        var summary = await RunAsync(shared: true);

        Assert.Equal(["A sync of another department or job that is linked to the same crew call in Flex is still running"], summary.Errors);
        Assert.Equal("failed", Assert.Single(steps.Logged).Status);
        Assert.NotNull(steps.Logged.Single().RetryAfter);
        Assert.Equal(0, steps.CallsOf(SyncSteps.Prune));
        Assert.Equal(("sibling:lights", null), (leases.Element.Holder, leases.State.Holder));
    }

    [Fact]
    public void The_key_is_the_same_however_the_element_is_written_and_another_for_another()
    {
        Assert.Equal(ElementTurn.KeyOf("abc/1"), ElementTurn.KeyOf(" ABC/1 "));
        Assert.NotEqual(ElementTurn.KeyOf("abc/1"), ElementTurn.KeyOf("abc/2"));
    }

    private Task<DepartmentSummary> RunAsync(bool shared)
    {
        steps.Answer(SyncSteps.Resolve, new ResolvedCrew(Guid.Empty, "element", [], new Dictionary<string, string>(), shared, []));
        return CrewCallSync.RunAsync(Runs.Sound(), steps, leases, host);
    }
}
