using FlexCrew.Database;
using FlexCrew.Flex;

namespace FlexCrew.Planning;

/// <summary>What a plan is made of: who should be on a crew call, and what the table and Flex hold.</summary>
internal sealed record CrewWorld
{
    public required string Department { get; init; }

    public required DesiredCrew Desired { get; init; }

    /// <summary>The rows of the crew call.</summary>
    public required IReadOnlyList<CrewRow> Rows { get; init; }

    /// <summary>With a command: its person, as the profile says; null when there is no profile.</summary>
    public PersonRow? Person { get; init; }

    /// <summary>What Flex lists, oldest first, each line item once.</summary>
    public required IReadOnlyList<FlexContact> Contacts { get; init; }

    /// <summary>
    /// Whether the rows were read after the contacts were listed. Then a row whose line item is not listed may be newer than the listing:
    /// it is believed, since adding its technician would make a second contact.
    /// </summary>
    public bool RowsAreNewer { get; init; }

    /// <summary>Line item → whether FlexCrew placed the contact, where that is remembered.</summary>
    public IReadOnlyDictionary<string, bool> Placed { get; init; } = new Dictionary<string, bool>();

    /// <summary>
    /// Resources whose add was begun and not seen to end: a contact of theirs that nothing is remembered of is FlexCrew's.
    /// </summary>
    public IReadOnlyCollection<string> BegunResources { get; init; } = [];

    /// <summary>Tier name → Flex dictionary id of the department's business roles.</summary>
    public IReadOnlyDictionary<string, string> RoleIds { get; init; } = new Dictionary<string, string>();

    /// <summary>What the reading itself has to say to an operator.</summary>
    public IReadOnlyList<string> Diagnostics { get; init; } = [];

    /// <summary>Puts together what the database and Flex said.</summary>
    public static CrewWorld Of(
        CrewReading reading, string department, IReadOnlyList<FlexContact> contacts, IReadOnlyDictionary<string, string> roleIds,
        Guid job) => new()
        {
            Department = department,
            Desired = DesiredCrew.Of(reading.Assignments.Where(row => row.JobId == job), department),
            Rows = reading.Rows,
            Person = reading.Person,
            Contacts = [.. contacts.DistinctBy(contact => contact.LineItemId, FlexIds.Comparer)],
            Placed = reading.Contacts.ToDictionary(contact => contact.LineItemId, contact => contact.Placed, FlexIds.Comparer),
            BegunResources = reading.BegunResourceIds,
            RoleIds = roleIds,
            Diagnostics =
            [
                .. reading.NotSynced.Select(other =>
                    $"the crew call {other.ElementId} is mapped to this department too: only the oldest, {reading.Call!.ElementId}, is synced"),
            ],
        };
}
