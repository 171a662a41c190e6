using FlexCrew.Flex.Reading;

namespace FlexCrew.Flex.Resilience.Pause;

/// <summary>
/// How long this process leaves Flex alone: as long as one of Flex's answers asked (<c>Retry-After</c>), whichever call got
/// it, since the calls of a process share its token; and longer and longer when Flex answers nothing but 429 without saying
/// how long, which is what a used-up budget of requests looks like.
/// </summary>
internal sealed class FlexPause(TimeProvider time)
{
    /// <summary>No wait that Flex asks for silences the process for longer, so that one odd answer cannot.</summary>
    private static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(2);

    /// <summary>Refusals that are fewer, or closer together, may come from too many requests at once and pass quickly.</summary>
    private const int FewestRefusals = 4;
    private static readonly TimeSpan ShortestRefusal = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan FirstBudgetPause = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan LongestBudgetPause = TimeSpan.FromMinutes(15);

    private readonly Lock gate = new();
    private DateTimeOffset askedUntil = DateTimeOffset.MinValue;
    private DateTimeOffset budgetUntil = DateTimeOffset.MinValue;
    private DateTimeOffset refusedSince;
    private int refusals;
    private TimeSpan budgetPause;

    /// <summary>How long Flex asked to be left alone from now on; zero or less: it did not.</summary>
    public TimeSpan Asked
    {
        get { lock (gate) return askedUntil - time.GetUtcNow(); }
    }

    /// <summary>How long Flex is left alone from now on because its budget is used up; zero or less: it is not.</summary>
    public TimeSpan Budget
    {
        get { lock (gate) return budgetUntil - time.GetUtcNow(); }
    }

    /// <summary>Whether the last thing that Flex said about its budget is that it is used up.</summary>
    public bool BudgetWasUsedUp
    {
        get { lock (gate) return budgetPause > TimeSpan.Zero; }
    }

    /// <summary>Learns from a reply.</summary>
    public void Learn(FlexReply reply)
    {
        if (reply.Status is not { } status) return;
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (reply is { Status: 429 or 503, RetryAfter: { Ticks: > 0 } asked })
                askedUntil = LaterOf(askedUntil, now + (asked < LongestAsked ? asked : LongestAsked));
            if (status != 429)
                (refusals, budgetPause, budgetUntil) = (0, TimeSpan.Zero, DateTimeOffset.MinValue);
            else if (reply.RetryAfter is null)
                CountRefusal(now);
        }
    }

    private void CountRefusal(DateTimeOffset now)
    {
        // A refusal of a request that was sent before the pause began tells nothing new.
        if (now < budgetUntil) return;
        if (refusals++ == 0) refusedSince = now;
        if (budgetPause == TimeSpan.Zero && (refusals < FewestRefusals || now - refusedSince < ShortestRefusal)) return;
        budgetPause = budgetPause == TimeSpan.Zero ? FirstBudgetPause : ShorterOf(2 * budgetPause, LongestBudgetPause);
        budgetUntil = now + budgetPause;
    }

    private static DateTimeOffset LaterOf(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static TimeSpan ShorterOf(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
