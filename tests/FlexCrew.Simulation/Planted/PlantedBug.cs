namespace FlexCrew.Simulation.Planted;

/// <summary>Bugs that the search must find, or it is worth nothing.</summary>
internal enum PlantedBug
{
    /// <summary>The product as it is.</summary>
    None,

    /// <summary>Every run is granted the lease at once; the fence is as it should be.</summary>
    NoLeaseAndNoFence,

    /// <summary>Every claim of a fence is granted, and every write passes it; leases are as they should be.</summary>
    NoFence,

    /// <summary>The fence of a run that died is never free again.</summary>
    FenceIsHeldForEver,

    /// <summary>A run is answered by any run that completed, whenever that one began.</summary>
    AnsweredByAnEarlierRun,

    /// <summary>The lease of a holder that died is never taken over.</summary>
    NoTakeOver,

    /// <summary>An add whose outcome is unknown is sent again before anybody looks.</summary>
    BlindRetry,

    /// <summary>A listing that failed is an empty crew.</summary>
    FailedListingIsEmpty,

    /// <summary>Nothing is written down before Flex is asked to add.</summary>
    NoJournal,

    /// <summary>An intent is written whatever is there.</summary>
    IntentWithoutCompare,

    /// <summary>The assignments are not read again before a contact is deleted.</summary>
    NoSecondLook,

    /// <summary>The rows are not read again before a contact is deleted.</summary>
    NoSecondLookAtRows,

    /// <summary>The old contact of somebody whose resource id changed goes before the new one is there.</summary>
    BreakBeforeMake,

    /// <summary>The table has no unique key, and a new row is inserted for every add.</summary>
    InsertInsteadOfUpsert,

    /// <summary>What is compared are the rows as they were before the stale ones went.</summary>
    StaleRowsNotReread,

    /// <summary>Orphans are pruned although the request said not to.</summary>
    PrunesAlways,

    /// <summary>What linked crew calls map and want is never asked.</summary>
    LinkedCrewCallsNotAsked,

    /// <summary>Of several contacts in a shared element each crew call chooses its own.</summary>
    EachChoosesItsOwn,
}
