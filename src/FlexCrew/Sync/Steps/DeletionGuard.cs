using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Sync.Plan;

namespace FlexCrew.Sync;

/// <summary>
/// Reads the assignments again right before contacts are deleted, and leaves out whoever is assigned by now: to this crew call or to another one
/// that is linked to the same element.
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

    protected override async Task<WritePermission> AskTablesAsync(IReadOnlyCollection<string> lineItemIds, CancellationToken cancellation) =>
        await WantedAsync(passes: true, cancellation) is { } wanted
            ? new WritePermission(null, [.. lineItemIds.Where(line => wanted.Wants(contacts[line]))])
            : If(isHeld: false);
}

/// <summary>Who is assigned to the crew calls of an element.</summary>
internal sealed class WantedCrew
{
    private readonly HashSet<string> resources;
    private readonly HashSet<Guid> technicians;

    /// <param name="reading">What the tables say.</param>
    /// <param name="crewCallId">The crew call whose technicians count; of linked ones only the resources do.</param>
    public WantedCrew(DesiredReading reading, Guid crewCallId)
    {
        var crews = reading.CrewCalls.ToDictionary(
            call => call.Id,
            call => DesiredCrew.Of(reading.Assignments.Where(row => row.JobId == call.JobId), call.Department));
        resources = crews.Values.SelectMany(crew => crew.Contacts).Select(contact => contact.ResourceId).ToHashSet(FlexIds.Comparer);
        var own = crews.GetValueOrDefault(crewCallId);
        technicians =
        [
            .. own?.Contacts.SelectMany(contact => contact.Technicians).Select(technician => technician.TechnicianId) ?? [],
            .. own?.WithoutResource ?? [],
        ];
        withoutResource = [.. own?.WithoutResource ?? []];
    }

    private readonly HashSet<Guid> withoutResource;

    /// <summary>Whether the technician should be on the crew call.</summary>
    public bool Wants(Guid technician) => technicians.Contains(technician);

    /// <summary>Whether the contact is needed after all.</summary>
    public bool Wants(ContactDeletion contact) => contact.Reason switch
    {
        DeletionReason.Duplicate => false,
        DeletionReason.NotDesired when contact.ResourceId is null => contact.Rows.Any(row => technicians.Contains(row.TechnicianId)),
        _ => contact.ResourceId is { } resource && resources.Contains(resource)
            || contact.Rows.Any(row => withoutResource.Contains(row.TechnicianId)),
    };
}
