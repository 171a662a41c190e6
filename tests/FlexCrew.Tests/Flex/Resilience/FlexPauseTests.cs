using FlexCrew.Flex.Reading;
using FlexCrew.Flex.Resilience.Pause;
using FlexCrew.Tests.Http.Support;

namespace FlexCrew.Tests.Flex.Resilience;

public sealed class FlexPauseTests
{
    private readonly ManualTime time = new();
    private readonly FlexPause pause;

    public FlexPauseTests() => pause = new FlexPause(time);

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public void Flex_is_left_alone_for_as_long_as_it_asked(int status)
    {
        pause.Learn(Reply(status, TimeSpan.FromSeconds(30)));
        Assert.Equal(TimeSpan.FromSeconds(30), pause.Asked);
        pause.Learn(Reply(status, TimeSpan.FromSeconds(10)));
        Assert.Equal(TimeSpan.FromSeconds(30), pause.Asked);
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(TimeSpan.Zero, pause.Asked);
    }

    [Fact]
    public void One_odd_answer_silences_the_process_for_two_minutes_at_most()
    {
        pause.Learn(Reply(429, TimeSpan.FromDays(1)));
        Assert.Equal(TimeSpan.FromMinutes(2), pause.Asked);
    }

    [Fact]
    public void However_often_Flex_says_how_long_to_wait_its_budget_is_not_called_used_up()
    {
        Refuse(times: 100, TimeSpan.FromSeconds(1), retryAfter: TimeSpan.FromSeconds(1));
        AssertNoBudgetPause();
    }

    [Fact]
    public void Nothing_but_refusals_for_ten_seconds_means_that_the_budget_is_used_up()
    {
        Refuse(times: 10, TimeSpan.FromSeconds(1));
        AssertNoBudgetPause();
        Refuse(times: 1, TimeSpan.FromSeconds(1));
        Assert.True(pause.BudgetWasUsedUp);
        Assert.Equal(TimeSpan.FromMinutes(3) - TimeSpan.FromSeconds(1), pause.Budget);
    }

    [Fact]
    public void Three_refusals_are_too_few_however_far_apart()
    {
        Refuse(times: 3, TimeSpan.FromMinutes(1));
        AssertNoBudgetPause();
    }

    [Fact]
    public void Many_refusals_at_once_are_no_budget()
    {
        Refuse(times: 100, TimeSpan.Zero);
        AssertNoBudgetPause();
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    public void One_other_answer_in_between_says_that_there_is_a_budget(int status)
    {
        Refuse(times: 9, TimeSpan.FromSeconds(1));
        pause.Learn(Reply(status));
        Refuse(times: 9, TimeSpan.FromSeconds(1));
        AssertNoBudgetPause();
    }

    [Fact]
    public void No_answer_says_nothing()
    {
        Refuse(times: 10, TimeSpan.FromSeconds(1));
        pause.Learn(FlexReply.None(FlexReply.Timeout, "", sent: true));
        Refuse(times: 1, TimeSpan.Zero);
        Assert.True(pause.BudgetWasUsedUp);
    }

    [Fact]
    public void Refused_again_after_the_pause_Flex_is_left_alone_for_longer_up_to_a_quarter_of_an_hour()
    {
        Refuse(times: 11, TimeSpan.FromSeconds(1));
        var pauses = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            time.Advance(pause.Budget);
            Assert.True(pause.BudgetWasUsedUp);
            Refuse(times: 3, TimeSpan.Zero);
            pauses.Add(pause.Budget.TotalMinutes);
        }
        Assert.Equal([6, 12, 15, 15, 15], pauses);
    }

    [Fact]
    public void What_was_on_its_way_when_the_pause_began_does_not_make_it_longer()
    {
        Refuse(times: 50, TimeSpan.FromSeconds(1));
        Assert.InRange(pause.Budget.TotalMinutes, 2, 3);
    }

    [Fact]
    public void An_answer_ends_the_pause_and_the_next_one_is_short_again()
    {
        Refuse(times: 11, TimeSpan.FromSeconds(1));
        time.Advance(pause.Budget);
        Refuse(times: 1, TimeSpan.Zero);
        pause.Learn(Reply(200));
        AssertNoBudgetPause();

        Refuse(times: 11, TimeSpan.FromSeconds(1));
        Assert.InRange(pause.Budget.TotalMinutes, 2, 3);
    }

    private void Refuse(int times, TimeSpan every, TimeSpan? retryAfter = null)
    {
        for (var i = 0; i < times; i++)
        {
            pause.Learn(Reply(429, retryAfter));
            time.Advance(every);
        }
    }

    private void AssertNoBudgetPause() => Assert.True(pause.Budget <= TimeSpan.Zero && !pause.BudgetWasUsedUp);

    private static FlexReply Reply(int status, TimeSpan? retryAfter = null) => new() { Status = status, RetryAfter = retryAfter };
}
