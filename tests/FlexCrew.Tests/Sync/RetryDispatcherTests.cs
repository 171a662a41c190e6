using FlexCrew.Contract;
using FlexCrew.Database;
using FlexCrew.Planning;
using FlexCrew.Sync;
using FlexCrew.Tests.Sync.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Sync;

public sealed class RetryDispatcherTests
{
    private readonly Mock<IRetryQueue> queue = new();
    private readonly Mock<ISyncRuns> runs = new();
    private readonly Mock<IFlexBudget> budget = new();
    private readonly List<SyncJobRequest> started = [];

    public RetryDispatcherTests()
    {
        budget.Setup(b => b.RoomAsync(default)).ReturnsAsync(BudgetRoom.Enough);
        runs
            .Setup(r => r.StartAsync(It.IsAny<SyncJobRequest>(), default))
            .ReturnsAsync((SyncJobRequest request, CancellationToken _) =>
            {
                started.Add(request);
                return true;
            });
    }

    [Fact]
    public async Task What_is_due_is_started_as_the_click_was_under_an_id_that_follows_from_row_and_attempt()
    {
        Due(new DueRetry(Tech(7), Runs.Job, "lights", 3, PruneOrphans: false, "correlation"));

        Assert.Equal(1, await DispatchAsync());

        var request = Assert.Single(started);
        Assert.Equal(("retry-00000000000000000000000000000007-3", Runs.Job, false, "correlation", "retry", 3),
            (request.InstanceId, request.JobId, request.PruneOrphans, request.CorrelationId, request.TriggeredBy, request.Attempt));
        Assert.Equal(["lights"], request.Departments);
        queue.Verify(q => q.DepthAsync(default));
    }

    /// <summary>A sync in its place would bring back whom the command took off, since the assignment may still stand.</summary>
    [Theory]
    [InlineData("remove", PersonAction.Remove), InlineData("add", PersonAction.Add)]
    public async Task The_retry_of_a_command_is_that_command(string kind, PersonAction action)
    {
        Due(new DueRetry(Tech(7), Runs.Job, "sound", 2, PruneOrphans: true, "correlation", kind, Tech(3)));

        await DispatchAsync();

        Assert.Equal(new PersonCommand(Tech(3), action), Assert.Single(started).Person);
    }

    /// <summary>A claim that ran out under its run would start it a second time.</summary>
    [Fact]
    public async Task A_claim_outlasts_a_run_and_as_many_attempts_are_made_as_the_schedule_has_and_the_click()
    {
        Due();

        Assert.Equal(0, await DispatchAsync());

        queue.Verify(q => q.ClaimAsync(10, Runs.Settings.RunDeadline + TimeSpan.FromMinutes(5), 5, default));
    }

    [Fact]
    public async Task Where_the_budget_has_no_room_nothing_is_claimed_and_the_length_of_the_queue_is_told_all_the_same()
    {
        budget.Setup(b => b.RoomAsync(default)).ReturnsAsync(BudgetRoom.None);
        Due(new DueRetry(Tech(7), Runs.Job, "lights", 3, PruneOrphans: false, "correlation"));

        Assert.Equal(0, await DispatchAsync());

        Assert.Empty(started);
        queue.Verify(q => q.ClaimAsync(It.IsAny<int>(), It.IsAny<TimeSpan>(), It.IsAny<int>(), default), Times.Never);
        queue.Verify(q => q.DepthAsync(default));
    }

    [Fact]
    public async Task Where_nobody_knows_yet_whether_Flex_has_a_budget_again_one_run_finds_out()
    {
        budget.Setup(b => b.RoomAsync(default)).ReturnsAsync(BudgetRoom.OneTry);
        Due();

        await DispatchAsync();

        queue.Verify(q => q.ClaimAsync(1, It.IsAny<TimeSpan>(), It.IsAny<int>(), default));
    }

    private void Due(params DueRetry[] due) => queue
        .Setup(q => q.ClaimAsync(It.IsAny<int>(), It.IsAny<TimeSpan>(), It.IsAny<int>(), default)).ReturnsAsync(due);

    private Task<int> DispatchAsync() =>
        new RetryDispatcher(queue.Object, budget.Object, runs.Object, Runs.Settings, NullLogger<RetryDispatcher>.Instance)
            .DispatchAsync(default);
}
