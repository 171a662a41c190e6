namespace FlexCrew.Sync;

/// <summary>
/// Whether work that nobody waits for may send requests to Flex. What somebody waits for does not ask: it has the part of
/// the budget that such work leaves.
/// </summary>
public interface IFlexBudget
{
    /// <summary>Asks right before such work. Throws <see cref="Database.DatabaseException"/>.</summary>
    Task<BudgetRoom> RoomAsync(CancellationToken cancellation);
}

/// <summary>How much of the work that nobody waits for may go on.</summary>
public enum BudgetRoom
{
    /// <summary>None: it stays due.</summary>
    None,

    /// <summary>One piece, which finds out whether Flex has a budget again.</summary>
    OneTry,

    /// <summary>All of it.</summary>
    Enough,
}
