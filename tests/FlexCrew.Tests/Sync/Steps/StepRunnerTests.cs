using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Locking;
using FlexCrew.Sync;
using FlexCrew.Tests.Sync.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace FlexCrew.Tests.Sync.Steps;

public sealed class StepRunnerTests
{
    private static readonly Failure Refused = new(FailureKind.FlexRejected, "Flex refused it", Status: 409);

    private readonly Mock<ILeaseFence> fence = new();
    private int ran;

    [Fact]
    public void Every_step_that_writes_to_Flex_or_the_crew_is_fenced_and_no_other()
    {
        Assert.All(
            [SyncSteps.Prune.Writes, SyncSteps.DeleteStale.Writes, SyncSteps.Add.Writes, SyncSteps.SetRole.Writes, SyncSteps.Remove.Writes], Assert.True);
        Assert.All([SyncSteps.Resolve.Writes, SyncSteps.Reread.Writes, SyncSteps.Record.Writes], Assert.False);
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, false, true)]
    public async Task A_step_that_writes_runs_under_the_newest_grant_only(bool writes, bool current, bool runs)
    {
        fence.Setup(f => f.IsCurrentAsync(new LeaseKey(Runs.Job, "sound"), 1, default)).ReturnsAsync(current);

        var result = await RunAsync(_ => new RoleSet("L1"), writes);

        Assert.Equal((runs ? 1 : 0, runs ? null : (FailureKind?)FailureKind.LeaseLost), (ran, result.Failure?.Kind));
        Assert.Equal(runs, result.Value is not null);
    }

    [Fact]
    public async Task What_a_step_cost_is_told_whether_it_succeeds_or_fails()
    {
        var done = await RunAsync(scope => Spend(scope) ? new RoleSet("L1") : null!);
        var failed = await RunAsync(scope => Spend(scope) ? throw new StepFailedException(Refused) : null!);

        Assert.Equal((2, 1, null), (done.FlexRequests, done.Unknowns, done.Failure));
        Assert.Equal((2, 1, Refused, null), (failed.FlexRequests, failed.Unknowns, failed.Failure, failed.Value));
    }

    [Fact]
    public async Task A_failed_query_is_a_value()
    {
        var failed = await RunAsync(_ => throw new DatabaseException("crew rows", "timeout", true, null));

        Assert.Equal((FailureKind.Database, true), (failed.Failure!.Kind, failed.Failure.Retryable));
    }

    [Fact]
    public Task What_nobody_foresaw_passes() =>
        Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(_ => throw new InvalidOperationException()));

    private static bool Spend(FlexScope scope)
    {
        scope.CountRequest();
        scope.CountRequest();
        scope.CountUnknown();
        return true;
    }

    private Task<StepResult<RoleSet>> RunAsync(Func<FlexScope, RoleSet> body, bool writes = false)
    {
        var step = new Mock<ICrewSyncStep<ResolveInput, RoleSet>>();
        step.Setup(s => s.RunAsync(It.IsAny<ResolveInput>(), It.IsAny<FlexScope>(), default))
            .Returns((ResolveInput _, FlexScope scope, CancellationToken _) =>
            {
                ran++;
                return Task.FromResult(body(scope));
            });
        return new StepRunner(fence.Object, NullLogger<StepRunner>.Instance).RunAsync(
            new Step<ResolveInput, RoleSet>("Test", writes), step.Object, new ResolveInput(Runs.Context), default);
    }
}
