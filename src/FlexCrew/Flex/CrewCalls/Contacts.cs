namespace FlexCrew.Flex.CrewCalls;

/// <summary>Set operations on listings.</summary>
internal static class Contacts
{
    /// <summary>Both listings, each line item once; what the first one tells of a contact has precedence.</summary>
    public static IReadOnlyList<FlexContact> Union(IEnumerable<FlexContact> first, IEnumerable<FlexContact> second)
    {
        var contacts = new OrderedDictionary<string, FlexContact>(FlexIds.Comparer);
        foreach (var contact in first.Concat(second))
            contacts[contact.LineItemId] = contacts.TryGetValue(contact.LineItemId, out var known) ? Merge(known, contact) : contact;
        return [.. contacts.Values];
    }

    /// <summary>Whether the listing has every one of the line items.</summary>
    public static bool ShowsAll(IEnumerable<FlexContact> contacts, IEnumerable<string> lineItemIds) =>
        !lineItemIds.Except(contacts.Select(contact => contact.LineItemId), FlexIds.Comparer).Any();

    /// <summary>The contact with the line item; null when there is none.</summary>
    public static FlexContact? OfLineItem(this IEnumerable<FlexContact> contacts, string lineItemId) =>
        contacts.FirstOrDefault(contact => FlexIds.Comparer.Equals(contact.LineItemId, lineItemId));

    /// <summary>The oldest contact of the resource; null when there is none.</summary>
    public static FlexContact? OfResource(this IEnumerable<FlexContact> contacts, string resourceId) =>
        contacts.FirstOrDefault(contact => contact.ResourceId is { } id && FlexIds.Comparer.Equals(id, resourceId));

    /// <summary>The contact of the resource that is one of <paramref name="mapped"/>, else the oldest; null when there is none.</summary>
    public static FlexContact? OfResource(this IReadOnlyList<FlexContact> contacts, string resourceId, IReadOnlySet<string> mapped) =>
        contacts.Where(contact => mapped.Contains(contact.LineItemId)).OfResource(resourceId) ?? contacts.OfResource(resourceId);

    /// <summary>Whether the listing shows exactly one contact of the resource.</summary>
    public static bool HasOne(this IEnumerable<FlexContact> contacts, string resourceId) =>
        contacts.Count(contact => FlexIds.Same(contact.ResourceId, resourceId)) == 1;

    private static FlexContact Merge(FlexContact first, FlexContact second) => first with
    {
        ResourceId = first.ResourceId ?? second.ResourceId,
        BusinessRole = first.BusinessRole ?? second.BusinessRole,
    };
}
