using FlexCrew.Flex.Resilience;
using FlexCrew.Tests.Http.Support;

namespace FlexCrew.Tests.Flex.Resilience;

public sealed class RequestCountTests
{
    private readonly ManualTime time = new();
    private readonly RequestCount requests;

    public RequestCountTests() => requests = new RequestCount(time);

    [Fact]
    public void A_request_counts_for_an_hour_and_for_a_day()
    {
        requests.Count();
        requests.Count();
        Assert.Equal((2, 2), (requests.LastHour, requests.LastDay));
        time.Advance(TimeSpan.FromMinutes(59));
        requests.Count();
        Assert.Equal((3, 3), (requests.LastHour, requests.LastDay));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((1, 3), (requests.LastHour, requests.LastDay));
        time.Advance(TimeSpan.FromHours(23));
        Assert.Equal((0, 1), (requests.LastHour, requests.LastDay));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal((0, 0), (requests.LastHour, requests.LastDay));
    }

    [Fact]
    public void One_a_minute_for_three_days_is_sixty_an_hour_and_1440_a_day()
    {
        for (var minute = 0; minute < 3 * 24 * 60; minute++, time.Advance(TimeSpan.FromMinutes(1))) requests.Count();
        time.Advance(TimeSpan.FromMinutes(-1));
        Assert.Equal((60, 1_440), (requests.LastHour, requests.LastDay));
    }
}
