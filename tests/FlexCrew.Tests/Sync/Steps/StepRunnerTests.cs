using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Planning;
using FlexCrew.Sync;
using FlexCrew.Tests.Sync.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace FlexCrew.Tests.Sync.Steps;

public sealed class StepRunnerTests
{
    private static readonly Failure Refused = new(FailureKind.FlexRejected, "Flex refused it", Status: 409);

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

    [Fact]
    public async Task A_step_begins_without_leave_to_write_and_with_the_correlation_id_of_the_click()
    {
        FlexScope? given = null;
        await RunAsync(scope => { given = scope; return new RoleSet("L1"); });

        Assert.Null(given!.Guard);
        Assert.Equal("correlation", given.CorrelationId);
    }

    private static Task<StepResult<RoleSet>> RunAsync(Func<FlexScope, RoleSet> body)
    {
        var step = new Mock<ICrewSyncStep<ResolveInput, RoleSet>>();
        step.Setup(s => s.RunAsync(It.IsAny<ResolveInput>(), It.IsAny<FlexScope>(), default))
            .Returns((ResolveInput _, FlexScope scope, CancellationToken _) => Task.FromResult(body(scope)));
        return new StepRunner(NullLogger<StepRunner>.Instance).RunAsync(
            new Step<ResolveInput, RoleSet>("Test"), step.Object, new ResolveInput(Runs.Context, new PlanOptions(PruneOrphans: true)),
            default);
    }
}
