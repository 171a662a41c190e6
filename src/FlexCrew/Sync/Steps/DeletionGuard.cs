using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Sync.Plan;

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
    /// Whether the contact is needed after all. One whose replacement is there is needed when its resource is; a second contact of a
    /// resource only while it serves somebody who has another resource by now; one that a command takes off only for a linked crew call;
    /// any other also when its technician is assigned. Each is needed when another program has mapped it since the plan was made.
    /// </summary>
    public bool Wants(ContactDeletion contact) => IsMappedSince(contact) || contact.Reason switch
    {
        DeletionReason.Duplicate => contact.Rows.Any(row => HasOtherResource(row.TechnicianId, contact)),
        DeletionReason.ReplacedDuplicate => HasLostItsResource(contact),
        DeletionReason.Replaced => WantsResource(contact) || HasLostItsResource(contact),
        DeletionReason.TakenOff => contact.ResourceId is { } resource && linkedResources.Contains(resource),
        _ => WantsResource(contact) || contact.Rows.Any(row => Wants(row.TechnicianId)),
    };

    // Whether the technician should be on the crew call.
    private bool Wants(Guid technician) => resourceOf.ContainsKey(technician);

    private static HashSet<string> ResourcesOf(IEnumerable<DesiredCrew> crews) =>
        crews.SelectMany(crew => crew.Contacts).Select(contact => contact.ResourceId).ToHashSet(FlexIds.Comparer);

    private bool WantsResource(ContactDeletion contact) => contact.ResourceId is { } resource && resources.Contains(resource);

    private bool HasLostItsResource(ContactDeletion contact) =>
        contact.Rows.Any(row => Wants(row.TechnicianId) && resourceOf[row.TechnicianId] is null);

    // A linked crew call relies on what it maps. Somebody whom this crew call maps, and of whom the plan did not know, does so unless the
    // contact that stays has their resource. When a command takes one person off, everybody else keeps their contact.
    private bool IsMappedSince(ContactDeletion contact) => mapping[contact.LineItemId].Any(row =>
        linked.Contains(row.CrewCallId)
        || (row.CrewCallId == crewCall
            && contact.Rows.All(known => known.TechnicianId != row.TechnicianId)
            && (contact.Reason == DeletionReason.TakenOff || HasOtherResource(row.TechnicianId, contact))));

    private bool HasOtherResource(Guid technician, ContactDeletion contact) =>
        Wants(technician) && !FlexIds.Same(resourceOf[technician], contact.ResourceId);
}
