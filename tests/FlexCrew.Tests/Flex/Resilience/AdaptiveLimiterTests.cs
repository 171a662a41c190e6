using FlexCrew.Flex.Resilience.AdaptiveConcurrency;
using FlexCrew.Tests.Http.Support;
using static FlexCrew.Flex.Resilience.AdaptiveConcurrency.ConcurrencySignal;

namespace FlexCrew.Tests.Flex.Resilience;

public sealed class AdaptiveLimiterTests
{
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(30);

    private readonly ManualTime time = new();

    [Fact]
    public async Task The_limit_doubles_with_each_round_of_successes_up_to_the_ceiling()
    {
        var limiter = Limiter(initial: 2, ceiling: 16);
        var limits = new List<int>();
        for (var round = 0; round < 5; round++) limits.Add(await RoundAsync(limiter));
        Assert.Equal([4, 8, 16, 16, 16], limits);
    }

    [Fact]
    public async Task After_the_first_objection_it_grows_by_one_a_round()
    {
        var limiter = Limiter();
        await ObjectAsync(limiter);
        time.Advance(Memory);
        var limits = new List<int> { limiter.Limit };
        for (var round = 0; round < 3; round++) limits.Add(await RoundAsync(limiter));
        Assert.Equal([4, 5, 6, 7], limits);
    }

    [Fact]
    public async Task Objections_to_what_was_sent_before_the_cut_cut_once()
    {
        var limiter = Limiter();
        var slots = await TakeAllAsync(limiter);

        foreach (var slot in slots) limiter.Release(slot, Objection);

        Assert.Equal((4, 0), (limiter.Limit, limiter.InFlight));
    }

    [Fact]
    public async Task Successes_of_what_was_sent_before_the_cut_do_not_take_it_back()
    {
        var limiter = Limiter();
        var slots = await TakeAllAsync(limiter);
        time.Advance(Memory);

        limiter.Release(slots[0], Objection);
        time.Advance(Memory);
        foreach (var slot in slots.Skip(1)) limiter.Release(slot, Success);

        Assert.Equal(4, limiter.Limit);
    }

    [Fact]
    public async Task However_often_Flex_objects_one_request_may_go()
    {
        var limiter = Limiter();
        for (var i = 0; i < 10; i++) await ObjectAsync(limiter);
        Assert.Equal(1, limiter.Limit);
    }

    [Fact]
    public async Task What_says_nothing_changes_nothing()
    {
        var limiter = Limiter();
        for (var i = 0; i < 100; i++) limiter.Release(await limiter.AcquireAsync(default), None);
        Assert.Equal((8, 0), (limiter.Limit, limiter.InFlight));
    }

    [Fact]
    public async Task A_process_that_has_little_to_do_proves_nothing_and_keeps_its_limit()
    {
        var limiter = Limiter();
        for (var i = 0; i < 100; i++) limiter.Release(await limiter.AcquireAsync(default), Success);
        Assert.Equal(8, limiter.Limit);
    }

    [Fact]
    public async Task For_half_a_minute_it_stays_below_the_number_at_which_Flex_objected()
    {
        var limiter = Limiter();
        await RoundAsync(limiter);
        Assert.Equal(16, limiter.Limit);
        await ObjectAsync(limiter);

        for (var round = 0; round < 20; round++) await RoundAsync(limiter);
        Assert.Equal(15, limiter.Limit);

        time.Advance(Memory);
        Assert.Equal(16, await RoundAsync(limiter));
    }

    [Fact]
    public async Task Of_several_cuts_in_a_row_the_first_names_that_number()
    {
        var limiter = Limiter();
        await RoundAsync(limiter);
        for (var i = 0; i < 4; i++) await ObjectAsync(limiter);
        Assert.Equal(1, limiter.Limit);

        for (var round = 0; round < 30; round++) await RoundAsync(limiter);

        Assert.Equal(15, limiter.Limit);
    }

    [Fact]
    public async Task Who_came_first_goes_first()
    {
        var limiter = Limiter(initial: 1, ceiling: 1);
        var first = await limiter.AcquireAsync(default);
        var others = Enumerable.Range(0, 20).Select(_ => limiter.AcquireAsync(default)).ToList();

        limiter.Release(first, Success);
        for (var next = 0; next < others.Count; next++)
        {
            Assert.Equal(next + 1, others.Count(other => other.IsCompleted));
            limiter.Release(await others[next], Success);
        }

        Assert.Equal((0, 0), (limiter.InFlight, limiter.Waiting));
    }

    [Fact]
    public async Task Nobody_overtakes_those_who_wait()
    {
        var limiter = Limiter(initial: 2, ceiling: 2);
        var slots = await TakeAllAsync(limiter);
        limiter.Release(slots[0], Objection);
        var waiting = limiter.AcquireAsync(default);
        limiter.Release(slots[1], Success);
        Assert.True(waiting.IsCompleted);

        var late = limiter.AcquireAsync(default);
        Assert.False(late.IsCompleted);
        limiter.Release(await waiting, Success);
        Assert.True(late.IsCompleted);
    }

    [Fact]
    public async Task Whoever_gives_up_leaves_the_queue_and_the_next_one_goes()
    {
        var limiter = Limiter(initial: 1, ceiling: 1);
        var slot = await limiter.AcquireAsync(default);
        using var patience = new CancellationTokenSource();
        var impatient = limiter.AcquireAsync(patience.Token);
        var next = limiter.AcquireAsync(default);

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        Assert.Equal(1, limiter.Waiting);

        limiter.Release(slot, Success);
        limiter.Release(await next, Success);
        Assert.Equal((0, 0), (limiter.InFlight, limiter.Waiting));
    }

    [Fact]
    public async Task Whoever_has_given_up_before_is_not_let_in()
    {
        var limiter = Limiter();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => limiter.AcquireAsync(new CancellationToken(canceled: true)));
        Assert.Equal(0, limiter.InFlight);
    }

    [Fact]
    public async Task However_many_come_go_and_give_up_at_once_no_slot_is_lost_and_none_is_given_twice()
    {
        var seed = Environment.TickCount;
        var limiter = Limiter(initial: 3, ceiling: 5);
        var (now, most) = (0, 0);
        var clients = Enumerable.Range(0, 64).Select(client => Task.Run(async () =>
        {
            var random = new Random(seed + client);
            for (var i = 0; i < 200; i++)
            {
                using var patience = new CancellationTokenSource();
                if (random.Next(4) == 0) patience.CancelAfter(TimeSpan.FromMicroseconds(random.Next(2_000)));
                int slot;
                try
                {
                    slot = await limiter.AcquireAsync(patience.Token);
                }
                catch (OperationCanceledException)
                {
                    continue;
                }
                InterlockedMax(ref most, Interlocked.Increment(ref now));
                await Task.Yield();
                Interlocked.Decrement(ref now);
                limiter.Release(slot, random.Next(50) == 0 ? Objection : Success);
            }
        }));

        await Task.WhenAll(clients).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.True((limiter.InFlight, limiter.Waiting) == (0, 0), $"seed {seed}: {limiter.InFlight} in flight, {limiter.Waiting} waiting");
        Assert.True(most is >= 1 and <= 5, $"seed {seed}: {most} at once");
    }

    private AdaptiveLimiter Limiter(int initial = 8, int ceiling = 16) => new(initial, ceiling, Memory, time);

    private static async Task<IReadOnlyList<int>> TakeAllAsync(AdaptiveLimiter limiter)
    {
        var slots = new List<int>();
        for (var free = limiter.Limit - limiter.InFlight; free > 0; free--) slots.Add(await limiter.AcquireAsync(default));
        return slots;
    }

    /// <summary>As many successes as the limit is, each while all slots are taken; tells the limit after them.</summary>
    private static async Task<int> RoundAsync(AdaptiveLimiter limiter)
    {
        var limit = limiter.Limit;
        var slots = new Queue<int>(await TakeAllAsync(limiter));
        for (var success = 0; success < limit; success++)
        {
            limiter.Release(slots.Dequeue(), Success);
            slots.Enqueue(await limiter.AcquireAsync(default));
        }
        foreach (var slot in slots) limiter.Release(slot, None);
        return limiter.Limit;
    }

    private static async Task ObjectAsync(AdaptiveLimiter limiter) => limiter.Release(await limiter.AcquireAsync(default), Objection);

    private static void InterlockedMax(ref int most, int value)
    {
        for (var known = Volatile.Read(ref most); known < value;)
        {
            var found = Interlocked.CompareExchange(ref most, value, known);
            if (found == known) return;
            known = found;
        }
    }
}
