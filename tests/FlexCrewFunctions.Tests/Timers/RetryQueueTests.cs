using FlexCrew.Database;
using FlexCrew.Sync;
using FlexCrew.Tests.Sync.Fakes;
using FlexCrewFunctions.Tests.Backend;
using FlexCrewFunctions.Tests.Http;
using FlexCrewFunctions.Timers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace FlexCrewFunctions.Tests.Timers;

public class RetryQueueTests
{
    private static readonly DueRetry Due = new(
        new Guid("aaaaaaaa-0000-0000-0000-000000000001"), Runs.Job, "sound", 2, PruneOrphans: false, "correlation");

    private readonly MemoryHub hub = new();

    [Fact]
    public async Task What_is_due_is_run_as_the_attempt_that_it_is()
    {
        await DispatchAsync(Due);
        await hub.RunAsync();

        var row = Assert.Single(hub.Activities.Steps.Logged);
        Assert.Equal(
            ("succeeded", 2, "retry", "correlation", false),
            (row.Status, row.Attempt, row.TriggeredBy, row.CorrelationId, row.PruneOrphans));
        Assert.Equal("retry-aaaaaaaa000000000000000000000001-2", row.InstanceId);
    }

    [Fact]
    public async Task A_retry_that_fails_again_waits_longer_for_the_next()
    {
        hub.Activities.Break("ResolveCrew", int.MaxValue, new FlexCrew.Failure(FlexCrew.FailureKind.FlexToken, "The token has expired"));
        await DispatchAsync(Due);
        await hub.RunAsync();

        Assert.Equal(TimeSpan.FromMinutes(5), hub.Activities.Steps.Logged.Single().RetryAfter);
    }

    [Fact]
    public async Task When_nothing_is_due_nothing_runs()
    {
        await DispatchAsync();

        Assert.Empty(hub.Instances);
    }

    private async Task DispatchAsync(params DueRetry[] due)
    {
        var queue = new Mock<IRetryQueue>();
        queue.Setup(
            q => q.ClaimAsync(It.IsAny<int>(), It.IsAny<TimeSpan>(), Runs.Settings.RetrySchedule.Count + 1, It.IsAny<CancellationToken>()))
                .ReturnsAsync(due);
        var budget = new Mock<IFlexBudget>();
        budget.Setup(b => b.RoomAsync(It.IsAny<CancellationToken>())).ReturnsAsync(BudgetRoom.Enough);
        var services = new ServiceCollection().AddLogging()
            .AddSingleton(queue.Object).AddSingleton(budget.Object).AddSingleton(Runs.Settings)
            .AddSingleton(hub.Settled).AddSingleton<TimeProvider>(hub).BuildServiceProvider();
        await new RetryQueueFunction(services).RunAsync(new TimerInfo(), new HubClient(hub).Client, CancellationToken.None);
    }
}
