using System.Text.Json.Serialization;

namespace FlexCrew.Comparison;

/// <summary>One thing about a person that is not the same in the three places.</summary>
/// <param name="Kind">What it is, one of <see cref="DifferenceKinds"/>.</param>
/// <param name="Remedy">Who puts it right: <c>sync</c>, <c>person</c>, or <c>none</c> where nothing has to be done.</param>
/// <param name="Text">One English sentence.</param>
/// <param name="LineItemId">The line item in Flex that it is about, where it is about one.</param>
public sealed record CrewDifference(
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("remedy")] string Remedy,
    [property: JsonPropertyName("text")] string Text,
    [property: JsonPropertyName("line_item_id")] string? LineItemId = null);

/// <summary>The kinds of <see cref="CrewDifference"/>, with their sentences.</summary>
internal static class DifferenceKinds
{
    private const string Sync = "sync", Person = "person", Nothing = "none";

    private static readonly Dictionary<string, (string Remedy, string Text)> Known = new()
    {
        ["missing_in_flex"] = (Sync, "Assigned, but not in Flex."),
        ["not_in_table"] = (Sync, "The table does not map the contact."),
        ["contact_gone"] = (Sync, "The table maps a contact that Flex no longer has."),
        ["other_resource"] = (Sync, "The table maps a contact of another resource."),
        ["duplicate"] = (Sync, "More than once in Flex."),
        ["duplicate_row"] = (Sync, "More than one row in the table."),
        ["not_desired"] = (Sync, "In the crew call, but not assigned."),
        ["role_missing"] = (Sync, "The contact has no business role."),
        ["no_resource"] = (Person, "The profile has no Flex resource id, so nobody can add them."),
        ["role_differs"] = (Nothing, "The business role in Flex is another one; a role that somebody set is never overwritten."),
        ["shared_resource"] = (Nothing, "Shares the Flex resource with another technician: one contact for both."),
        ["linked"] = (Nothing, "Placed by another department or job that is linked to the same crew call."),
        ["unknown_contact"] = (Nothing, "Flex does not tell whose contact this is."),
    };

    public static IEnumerable<string> All => Known.Keys;

    public static CrewDifference Of(string kind, string? lineItemId = null) => new(kind, Known[kind].Remedy, Known[kind].Text, lineItemId);
}
