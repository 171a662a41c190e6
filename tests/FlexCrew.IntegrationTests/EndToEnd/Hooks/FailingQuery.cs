using FlexCrew.Database;

namespace FlexCrew.IntegrationTests.EndToEnd.Hooks;

/// <summary>How a query fails.</summary>
internal enum QueryFault
{
    /// <summary>For a reason that stays.</summary>
    Refused,

    /// <summary>For a reason that may pass, and does not.</summary>
    ForNow,

    /// <summary>At its first time only.</summary>
    Once,

    /// <summary>By an exception that nobody foresaw.</summary>
    Unforeseen,

    /// <summary>It is done, and its answer is lost each time.</summary>
    AnswerLost,
}

/// <summary>Lets one query fail, until it is healed.</summary>
internal sealed class FailingQuery(string query, QueryFault fault) : IHook
{
    private int met;
    private volatile bool healed;

    /// <summary>How often the query was asked while it failed.</summary>
    public int Met => met;

    public void Heal() => healed = true;

    public async Task<T> AroundAsync<T>(string name, bool writes, Func<Task<T>> effect)
    {
        if (name != query || healed) return await effect();
        var first = Interlocked.Increment(ref met) == 1;
        switch (fault)
        {
            case QueryFault.Once when !first:
                return await effect();
            case QueryFault.AnswerLost:
                await effect();
                break;
            case QueryFault.Unforeseen:
                throw new InvalidOperationException("select secret from public.detail");
        }
        throw new DatabaseException(name, "timeout", isTransient: fault != QueryFault.Refused);
    }
}
