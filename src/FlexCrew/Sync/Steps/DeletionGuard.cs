using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Planning;

namespace FlexCrew.Sync;

/// <summary>
/// Reads the assignments and the rows again right before contacts are deleted, and leaves out the contacts that are needed by now: by this
/// crew call or by another one that is linked to the same element.
/// </summary>
internal sealed class DeletionGuard(RemoveInput input, ICrewReader reader, TimeProvider time) : WriteGuard(input.Run, time)
{
    private readonly Dictionary<string, ContactDeletion> contacts =
        input.Contacts.ToDictionary(contact => contact.LineItemId, FlexIds.Comparer);

    /// <summary>Who is wanted by now; null when the run does not hold the fence any more. Throws <see cref="DatabaseException"/>.</summary>
    public Task<WantedCrew?> WantedAsync(CancellationToken cancellation) => WantedAsync(passes: false, cancellation);

    private async Task<WantedCrew?> WantedAsync(bool passes, CancellationToken cancellation)
    {
        var reading = await reader.DesiredAsync(input.Target.Fence, input.Target.CrewCallId, passes, cancellation);
        return reading.IsHeld ? new WantedCrew(reading, input.Target.CrewCallId) : null;
    }

    protected override async Task<WritePermission> AskTablesAsync(
        IReadOnlyCollection<string> lineItemIds, CancellationToken cancellation) =>
        await WantedAsync(passes: true, cancellation) is { } wanted
            ? new WritePermission(null, [.. lineItemIds.Where(line => wanted.Wants(contacts[line]))])
            : If(isHeld: false);
}

/// <summary>Who is assigned to the crew calls of an element, and who is mapped to its contacts.</summary>
internal sealed class WantedCrew
{
    private readonly Guid crewCall;
    private readonly HashSet<Guid> linked;
    private readonly HashSet<string> resources;
    private readonly HashSet<string> linkedResources;
    private readonly Dictionary<Guid, string?> resourceOf;
    private readonly ILookup<string, MappedRow> mapping;

    /// <param name="reading">What the tables say.</param>
    /// <param name="crewCallId">The crew call whose technicians count; of linked ones only resources and mapped contacts do.</param>
    public WantedCrew(DesiredReading reading, Guid crewCallId)
    {
        crewCall = crewCallId;
        var synced = reading.CrewCalls.FirstOrDefault(call => call.Id == crewCallId);
        linked =
        [
            .. reading.CrewCalls
                .Where(call => (call.JobId, call.Department) != (synced?.JobId, synced?.Department))
                .Select(call => call.Id),
        ];
        mapping = reading.Mapped.ToLookup(row => row.LineItemId, FlexIds.Comparer);
        var crews = reading.CrewCalls.ToDictionary(
            call => call.Id,
            call => DesiredCrew.Of(reading.Assignments.Where(row => row.JobId == call.JobId), call.Department));
        resources = ResourcesOf(crews.Values);
        linkedResources = ResourcesOf(crews.Where(crew => linked.Contains(crew.Key)).Select(crew => crew.Value));
        var own = crews.GetValueOrDefault(crewCallId) ?? new DesiredCrew([], [], []);
        resourceOf = own.Contacts
            .SelectMany(
                contact => contact.Technicians, (contact, technician) => (technician.TechnicianId, Resource: (string?)contact.ResourceId))
            .Concat(own.WithoutResource.Select(id => (TechnicianId: id, Resource: (string?)null)))
            .ToDictionary(pair => pair.TechnicianId, pair => pair.Resource);
    }

    /// <summary>Whether the row is needed after all.</summary>
    public bool Wants(RowDeletion deletion) => !deletion.IsTakenOff && Wants(deletion.Row.TechnicianId);

    /// <summary>
    /// Whether the contact is needed after all: by whoever is mapped to it now, or because its resource should be on the crew call. A
    /// second contact of a resource is not needed for the resource; one that a command takes off is only where a linked crew call wants it.
    /// </summary>
    public bool Wants(ContactDeletion contact) =>
        mapping[contact.LineItemId].Any(row => linked.Contains(row.CrewCallId) || (row.CrewCallId == crewCall && Keeps(row, contact)))
        || (contact.ResourceId is { } resource && contact.Reason switch
        {
            DeletionReason.Duplicate or DeletionReason.ReplacedDuplicate => false,
            DeletionReason.TakenOff => linkedResources.Contains(resource),
            _ => resources.Contains(resource),
        });

    // A technician who got a new contact is mapped to the new one. So one who is assigned and still mapped to this contact has no other,
    // unless this is a second contact of their resource. When a command takes one person off, all others keep the contact.
    private bool Keeps(MappedRow row, ContactDeletion contact) => contact.Reason switch
    {
        DeletionReason.Duplicate or DeletionReason.ReplacedDuplicate =>
            Wants(row.TechnicianId) && !FlexIds.Same(resourceOf[row.TechnicianId], contact.ResourceId),
        DeletionReason.TakenOff => contact.Rows.All(known => known.TechnicianId != row.TechnicianId),
        _ => Wants(row.TechnicianId),
    };

    // Whether the technician should be on the crew call.
    private bool Wants(Guid technician) => resourceOf.ContainsKey(technician);

    private static HashSet<string> ResourcesOf(IEnumerable<DesiredCrew> crews) =>
        crews.SelectMany(crew => crew.Contacts).Select(contact => contact.ResourceId).ToHashSet(FlexIds.Comparer);
}
