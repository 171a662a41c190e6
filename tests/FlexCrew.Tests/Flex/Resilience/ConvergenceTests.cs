using Xunit.Abstractions;

namespace FlexCrew.Tests.Flex.Resilience;

/// <summary>Where limits settle, in virtual time.</summary>
public sealed class ConvergenceTests(ITestOutputHelper output)
{
    private const int Seed = 1;
    private static readonly TimeSpan FirstSeconds = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Minutes = TimeSpan.FromMinutes(5);

    [Fact]
    public void A_Flex_that_takes_everything_gets_the_ceiling_within_three_round_trips()
    {
        var flex = new ModelFlex(Seed);
        var process = flex.AddProcess(callers: 60);
        flex.RunFor(TimeSpan.FromMilliseconds(450));
        Assert.Equal(16, process.Limiter.Limit);

        flex.RunFor(Minutes);
        Assert.Equal((16, 0), (process.Peak, process.Objections));
    }

    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 30)]
    [InlineData(3, 30)]
    [InlineData(5, 30)]
    [InlineData(1, 10)]
    [InlineData(1, 5)]
    public void Processes_settle_below_what_Flex_takes_and_nobody_starves(int processes, int takes)
    {
        var flex = new ModelFlex(Seed) { Takes = takes };
        var all = Enumerable.Range(0, processes).Select(_ => flex.AddProcess(callers: 40)).ToList();
        flex.RunFor(FirstSeconds);
        all.ForEach(process => process.Reset());
        flex.RunFor(Minutes);

        var (sent, refused) = (all.Sum(process => process.Sent), all.Sum(process => process.Refused));
        var used = sent / (Minutes / TimeSpan.FromMilliseconds(150)) / Math.Min(takes, 16.0 * processes);
        output.WriteLine($"{sent} sent, {100.0 * refused / sent:0.00} % refused, {100 * used:0} % of what Flex takes is used; shares {string.Join(", ", all.Select(process => $"{100.0 * process.Sent / sent:0} %"))}");
        Assert.True(refused < 0.02 * sent, $"{refused} of {sent} refused");
        Assert.True(used > 0.6, $"{used:0.00} used");
        Assert.All(all, process => Assert.True(process.Sent > 0.4 * sent / processes, $"{process.Sent} of {sent}"));
        Assert.All(all, process => Assert.All(process.Answered, answered => Assert.True(answered > 0.5 * process.Answered.Average())));
    }

    [Fact]
    public void Of_those_who_wait_nobody_waits_longer_than_the_queue_before_them_takes()
    {
        var flex = new ModelFlex(Seed);
        var process = flex.AddProcess(callers: 160);
        flex.RunFor(FirstSeconds);
        process.Reset();
        flex.RunFor(Minutes);

        Assert.InRange(process.LongestWait.TotalSeconds, 1.0, 160 / 16 * 0.200);
        Assert.InRange(process.Answered.Max() - process.Answered.Min(), 0, 2);
    }

    /// <summary>Flex that times out above four at once: the limit goes there and stays; once Flex is well it comes back.</summary>
    [Fact]
    public void A_Flex_that_gets_slow_gets_less_and_more_again_when_it_is_well()
    {
        var flex = new ModelFlex(Seed);
        var process = flex.AddProcess(callers: 40);
        flex.RunFor(FirstSeconds);
        flex.Latency = underWay => TimeSpan.FromSeconds(underWay <= 4 ? 1 : 60);
        flex.RunFor(Minutes);
        process.Reset();
        flex.RunFor(Minutes);
        Assert.InRange(process.Limiter.Limit, 1, 5);
        Assert.True(process.Objections < 0.1 * process.Sent, $"{process.Objections} of {process.Sent} timed out");
        Assert.True(process.Sent > 0.5 * 4 * Minutes.TotalSeconds, $"{process.Sent} sent");

        flex.Latency = _ => TimeSpan.FromMilliseconds(150);
        flex.RunFor(TimeSpan.FromSeconds(60));
        Assert.Equal(16, process.Limiter.Limit);
    }

    /// <summary>
    /// Why a growing latency alone does not lower the limit: a Flex that works on four at once and lets the others wait
    /// does as many a second at sixteen as at four, and none of them comes near the time limit.
    /// </summary>
    [Theory]
    [InlineData(4)]
    [InlineData(16)]
    public void A_Flex_that_lets_requests_wait_loses_nothing_by_a_limit_that_ignores_latency(int ceiling)
    {
        var flex = new ModelFlex(Seed) { Latency = underWay => TimeSpan.FromMilliseconds(150) * Math.Max(1, underWay / 4.0) };
        var process = flex.AddProcess(callers: 40, initial: Math.Min(8, ceiling), ceiling: ceiling);
        flex.RunFor(Minutes);
        output.WriteLine($"ceiling {ceiling}: {process.Sent} sent, {process.Objections} timed out, longest wait {process.LongestWait.TotalSeconds:0.0} s");
        Assert.Equal(0, process.Objections);
        Assert.InRange(process.Sent / (4 * Minutes.TotalSeconds / 0.150), 0.98, 1.02);
    }

    /// <summary>Why the limit remembers where Flex objected: without it each process probes every second.</summary>
    [Fact]
    public void Without_a_memory_of_objections_Flex_refuses_more()
    {
        Assert.InRange(RefusedShare(TimeSpan.Zero) / RefusedShare(TimeSpan.FromSeconds(30)), 2, 1_000);

        double RefusedShare(TimeSpan memory)
        {
            var flex = new ModelFlex(Seed) { Takes = 30 };
            var all = Enumerable.Range(0, 2).Select(_ => flex.AddProcess(callers: 40, memory)).ToList();
            flex.RunFor(Minutes);
            var share = all.Sum(process => process.Refused) / (double)all.Sum(process => process.Sent);
            output.WriteLine($"memory {memory.TotalSeconds} s: {100 * share:0.00} % refused, {all.Sum(process => process.Sent)} sent");
            return share;
        }
    }
}
