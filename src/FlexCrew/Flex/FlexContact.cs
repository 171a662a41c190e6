namespace FlexCrew.Flex;

/// <summary>A contact line of a crew call, as a listing shows it.</summary>
/// <param name="LineItemId">The id of the line item.</param>
/// <param name="ResourceId">The contact's resource id; null when the listing does not tell it.</param>
/// <param name="BusinessRole">
/// The value of its business role: null when the listing does not tell, empty when there is none.
/// </param>
public sealed record FlexContact(string LineItemId, string? ResourceId, string? BusinessRole = null);
