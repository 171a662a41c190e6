namespace FlexCrew.Database;

/// <summary>What a row of <c>flex_sync_log</c> counts of a run, whether it is written or read.</summary>
public abstract record RunFigures
{
    /// <summary>Contacts added.</summary>
    public int Added { get; init; }

    /// <summary>Contacts and rows removed.</summary>
    public int Removed { get; init; }

    /// <summary>Technicians who were right already.</summary>
    public int Kept { get; init; }

    /// <summary>Things that failed.</summary>
    public int Failed { get; init; }

    /// <summary>Business roles set.</summary>
    public int RolesSet { get; init; }

    /// <summary>Requests sent to Flex.</summary>
    public int FlexRequests { get; init; }

    /// <summary>Milliseconds from start to finish.</summary>
    public long DurationMs { get; init; }
}
