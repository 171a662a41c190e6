namespace FlexCrew.Database;

/// <summary>A query that failed. Its message names the query and the kind of error, never SQL or data.</summary>
/// <param name="query">The name of the query, in words: <c>crew rows</c>.</param>
/// <param name="reason">The kind of error, in words that may be shown: <c>timeout</c>, <c>23505</c>.</param>
/// <param name="isTransient">Whether the same query may succeed later.</param>
/// <param name="inner">The cause.</param>
public sealed class DatabaseException(string query, string reason, bool isTransient, Exception? inner = null)
    : Exception($"Database query '{query}' failed ({reason})", inner)
{
    /// <summary>Whether the same query may succeed later.</summary>
    public bool IsTransient { get; } = isTransient;

    /// <summary>The failure as a value.</summary>
    public Failure ToFailure() => new(FailureKind.Database, Message, IsTransient);
}
