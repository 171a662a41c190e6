namespace FlexCrew.Database;

/// <summary>Deletes old rows of <c>flex_sync_log</c>.</summary>
public interface ILogRetention
{
    /// <summary>Deletes the rows of runs that finished longer ago than that and wait for no retry. Returns how many.</summary>
    /// <exception cref="DatabaseException">The query failed; what was deleted before it stays deleted.</exception>
    Task<int> DeleteAsync(TimeSpan olderThan, CancellationToken cancellation);
}
