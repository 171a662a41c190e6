namespace FlexCrew.Flex;

/// <summary>Ids of Flex: opaque, but each must be one segment of a path.</summary>
internal static class FlexIds
{
    private const int Longest = 200;

    /// <summary>Flex's ids are UUIDs, and a database column of type uuid lower-cases them.</summary>
    internal static StringComparer Comparer => StringComparer.OrdinalIgnoreCase;

    /// <summary>Whether both are known and the same.</summary>
    internal static bool Same(string? one, string? other) => one is not null && other is not null && Comparer.Equals(one, other);

    /// <summary>Why a request with an unusable id was not sent.</summary>
    internal static Failure Unusable { get; } = new(FailureKind.FlexRejected, "Flex was not asked: an id is missing or cannot be one");

    /// <summary>False for ids that would change the path they are put into: no escape helps against dots.</summary>
    internal static bool AreUsable(params ReadOnlySpan<string> ids)
    {
        foreach (var id in ids)
        {
            if (string.IsNullOrWhiteSpace(id) || id is "." or ".." || id.Length > Longest || id.Any(char.IsControl))
                return false;
        }

        return true;
    }
}
