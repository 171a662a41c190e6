using FlexCrew.Database;
using FlexCrew.Flex;

namespace FlexCrew.Planning;

/// <summary>What follows from a crew call having its element in Flex alone, or sharing it with linked crew calls.</summary>
internal interface IElementOwnership
{
    /// <summary>What an operator should know; null when there is nothing unusual.</summary>
    string? Diagnostic { get; }

    /// <summary>Which of several contacts of one resource stays.</summary>
    /// <param name="same">The contacts, oldest first.</param>
    /// <param name="closeness">How close a contact is to the crew call: higher where the table maps one of its technicians.</param>
    FlexContact Keep(IEnumerable<FlexContact> same, Func<FlexContact, int> closeness);

    /// <summary>Whether a linked crew call maps a technician to the contact.</summary>
    bool IsMappedElsewhere(FlexContact contact);

    /// <summary>Whether a contact that this crew call does not need may be deleted.</summary>
    bool MayDelete(FlexContact contact, ContactOrigin origin);
}

/// <summary>How a contact came to be in Flex, as far as the tables tell.</summary>
/// <param name="Placed">Whether FlexCrew added it.</param>
/// <param name="Mapped">Whether the table maps a technician of this crew call to it.</param>
/// <param name="Prunes">Whether the request says that contacts are deleted which FlexCrew did not add.</param>
/// <param name="IsDuplicate">Whether it is a second contact of a resource that stays.</param>
internal readonly record struct ContactOrigin(bool Placed, bool Mapped, bool Prunes, bool IsDuplicate);

/// <summary>The crew call has its element alone: it decides about every contact.</summary>
internal sealed class SoleOwner : IElementOwnership
{
    public string? Diagnostic => null;

    public FlexContact Keep(IEnumerable<FlexContact> same, Func<FlexContact, int> closeness) => same.MaxBy(closeness)!;

    public bool IsMappedElsewhere(FlexContact contact) => false;

    public bool MayDelete(FlexContact contact, ContactOrigin origin) => origin.Placed || origin.Prunes;
}

/// <summary>
/// Crew calls of other departments or jobs are linked to the same element. All of them keep the oldest contact of a resource, since all of
/// them would choose that one. None deletes a contact that another one maps or wants, nor one that neither FlexCrew nor this crew
/// call placed: it may be there for the others.
/// </summary>
/// <param name="mapped">The line items that the linked crew calls map.</param>
/// <param name="desired">The desired crews of the linked crew calls.</param>
internal sealed class SharedElement(IEnumerable<string> mapped, IEnumerable<DesiredCrew> desired) : IElementOwnership
{
    private readonly HashSet<string> mappedLines = mapped.ToHashSet(FlexIds.Comparer);

    private readonly HashSet<string> desiredResources =
        desired.SelectMany(crew => crew.Contacts).Select(contact => contact.ResourceId).ToHashSet(FlexIds.Comparer);

    public string? Diagnostic =>
        "this crew call is linked to another department or job too: only contacts that FlexCrew placed for it and that no other crew call " +
        "relies on are deleted";

    public FlexContact Keep(IEnumerable<FlexContact> same, Func<FlexContact, int> closeness) => same.First();

    public bool IsMappedElsewhere(FlexContact contact) => mappedLines.Contains(contact.LineItemId);

    public bool MayDelete(FlexContact contact, ContactOrigin origin) =>
        (origin.Placed || (origin.Prunes && origin.Mapped))
        && !IsMappedElsewhere(contact)
        && (origin.IsDuplicate || contact.ResourceId is not { } resource || !desiredResources.Contains(resource));
}

/// <summary>Tells which of the two it is.</summary>
internal static class ElementOwnership
{
    /// <summary>The ownership of the crew call that was read.</summary>
    public static IElementOwnership Of(CrewReading reading) => reading.Linked.Count == 0
        ? new SoleOwner()
        : new SharedElement(
            reading.LinkedLineItemIds,
            reading.Linked.Select(call => DesiredCrew.Of(reading.Assignments.Where(row => row.JobId == call.JobId), call.Department)));
}
