using FlexCrew.Database;
using FlexCrew.Flex.Reading;
using FlexCrew.Flex.Resilience;
using FlexCrew.Sync;
using FlexCrew.Tests.Http.Support;
using Microsoft.Extensions.Logging;
using Moq;

namespace FlexCrew.Tests.Sync;

public sealed class FlexBudgetTests
{
    private readonly ManualTime time = new();
    private readonly Mock<IFlexRequestLog> log = new();
    private readonly Mock<ILogger<FlexBudget>> logger = new();
    private readonly FlexLoad load;
    private readonly FlexBudget budget;

    public FlexBudgetTests()
    {
        load = new FlexLoad(time);
        budget = new FlexBudget(log.Object, load, new FlexCrewOptions(), logger.Object);
        Logged(0, 0);
    }

    [Theory]
    [InlineData(1_399, 6_999, BudgetRoom.Enough)]
    [InlineData(1_400, 6_999, BudgetRoom.None)]
    [InlineData(1_399, 7_000, BudgetRoom.None)]
    [InlineData(5_000, 50_000, BudgetRoom.None)]
    public async Task From_seventy_percent_of_a_budget_on_there_is_no_room(int hour, int day, BudgetRoom room)
    {
        Logged(hour, day);
        Assert.Equal(room, await AskAsync());
    }

    [Fact]
    public async Task What_this_process_sent_and_no_run_has_logged_yet_counts_too()
    {
        for (var i = 0; i < 1_399; i++) load.Requests.Count();
        Assert.Equal(BudgetRoom.Enough, await AskAsync());
        load.Requests.Count();
        Assert.Equal(BudgetRoom.None, await AskAsync());
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(BudgetRoom.Enough, await AskAsync());
    }

    [Fact]
    public async Task While_Flex_asks_to_be_left_alone_there_is_no_room()
    {
        load.Pause.Learn(new FlexReply { Status = 429, RetryAfter = TimeSpan.FromSeconds(90) });
        Assert.Equal(BudgetRoom.None, await AskAsync());
        time.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal(BudgetRoom.Enough, await AskAsync());
    }

    [Fact]
    public async Task After_a_pause_for_the_budget_one_try_finds_out_whether_there_is_one_again()
    {
        for (var i = 0; i < 11; i++, time.Advance(TimeSpan.FromSeconds(1))) load.Pause.Learn(new FlexReply { Status = 429 });
        Assert.Equal(BudgetRoom.None, await AskAsync());
        time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(BudgetRoom.OneTry, await AskAsync());
        load.Pause.Learn(new FlexReply { Status = 200 });
        Assert.Equal(BudgetRoom.Enough, await AskAsync());
    }

    [Fact]
    public async Task That_work_stands_back_is_said_once_and_that_it_goes_on_once()
    {
        await AskAsync();
        Logged(1_400, 0);
        for (var i = 0; i < 5; i++) await AskAsync();
        Logged(0, 0);
        for (var i = 0; i < 5; i++) await AskAsync();

        Assert.Equal(
            [
                "Retries and other work that nobody waits for stand back: 1400 of the 2000 requests to Flex of the last hour are used up, and the last 30 % are for whoever waits",
                "Retries and other work that nobody waits for go on",
            ],
            logger.Invocations.Where(call => call.Method.Name == "Log").Select(call => $"{call.Arguments[2]}"));
    }

    [Fact]
    public async Task A_database_that_cannot_say_is_told()
    {
        log.Setup(l => l.SumAsync(default)).ThrowsAsync(new DatabaseException("requests to Flex", "timeout", isTransient: true));
        await Assert.ThrowsAsync<DatabaseException>(AskAsync);
    }

    private void Logged(int hour, int day) => log.Setup(l => l.SumAsync(default)).ReturnsAsync(new FlexRequestSums(hour, day));

    private Task<BudgetRoom> AskAsync() => budget.RoomAsync(default);
}
