namespace FlexCrew.Sync;

/// <summary>Ids of Flex are compared without case: a uuid column gives them back in lower case.</summary>
internal static class FlexIds
{
    public static StringComparer Comparer { get; } = StringComparer.OrdinalIgnoreCase;

    public static bool Same(string? one, string? other) =>
        one is not null && other is not null && Comparer.Equals(one, other);
}
