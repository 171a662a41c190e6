namespace FlexCrew.Simulation.Planted;

/// <summary>Bugs that the search must find, or it is worth nothing.</summary>
internal enum PlantedBug
{
    /// <summary>The product as it is.</summary>
    None,

    /// <summary>Every run is granted the lease at once, and no step is fenced.</summary>
    NoLease,

    /// <summary>An add whose outcome is unknown is sent again before anybody looks.</summary>
    BlindRetry,

    /// <summary>A listing that failed is an empty crew.</summary>
    FailedListingIsEmpty,

    /// <summary>Nothing is written down before Flex is asked to add.</summary>
    NoJournal,

    /// <summary>The table has no unique key, and a new row is inserted for every add.</summary>
    InsertInsteadOfUpsert,

    /// <summary>What is compared are the rows as they were before the stale ones went.</summary>
    StaleRowsNotReread,

    /// <summary>Orphans are pruned although the request said not to.</summary>
    PrunesAlways,

    /// <summary>Crew calls that share an element do not wait for each other.</summary>
    NoElementTurn,

    /// <summary>What siblings map in a shared element is never asked.</summary>
    SiblingLinesNotAsked,

    /// <summary>Of several contacts in a shared element each crew call chooses its own.</summary>
    EachSiblingChoosesItsOwn,
}
