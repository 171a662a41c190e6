using FlexCrew.Database;
using FlexCrew.Flex;

namespace FlexCrew.Planning;

/// <summary>Compares who should be on a crew call with the table and with Flex. Pure.</summary>
internal sealed class CrewPlanner
{
    private readonly CrewWorld world;
    private readonly IElementOwnership ownership;
    private readonly PlanOptions options;
    private readonly Dictionary<string, FlexContact> listed;
    private readonly Dictionary<Guid, DesiredContact> desiredOf;
    private readonly Dictionary<string, DesiredContact> desired;
    private readonly HashSet<Guid> withoutResource;
    private readonly List<RowDeletion> stale;
    private readonly Dictionary<Guid, CrewRow> rowOf;
    private readonly ILookup<string, CrewRow> mapping;
    private readonly HashSet<string> mapped;
    private readonly Dictionary<string, FlexContact> kept;

    public CrewPlanner(CrewWorld world, IElementOwnership ownership, PlanOptions options)
    {
        (this.world, this.ownership, this.options) = (world, ownership, options);
        listed = world.Contacts.ToDictionary(contact => contact.LineItemId, FlexIds.Comparer);
        desired = world.Desired.Contacts.ToDictionary(contact => contact.ResourceId, FlexIds.Comparer);
        desiredOf = world.Desired.Contacts
            .SelectMany(contact => contact.Technicians, (contact, technician) => (technician.TechnicianId, contact))
            .ToDictionary(pair => pair.TechnicianId, pair => pair.contact);
        withoutResource = [.. world.Desired.WithoutResource];
        stale = [.. StaleRows()];
        rowOf = world.Rows.Except(stale.Select(deletion => deletion.Row)).ToDictionary(row => row.TechnicianId);
        mapping = rowOf.Values.Where(row => row.LineItemId is not null).ToLookup(row => row.LineItemId!, FlexIds.Comparer);
        mapped = world.Rows.Select(row => row.LineItemId).OfType<string>().ToHashSet(FlexIds.Comparer);
        kept = world.Contacts
            .Where(contact => contact.ResourceId is { } resource && desired.ContainsKey(resource))
            .GroupBy(contact => contact.ResourceId!, FlexIds.Comparer)
            .ToDictionary(same => same.Key, same => ownership.Keep(same, Closeness), FlexIds.Comparer);
    }

    public CrewPlan Make()
    {
        var additions = new List<ContactAddition>();
        var roles = new List<RoleAssignment>();
        var diagnostics = new List<string>(world.Diagnostics);
        if (ownership.Diagnostic is { } shared) diagnostics.Add(shared);
        diagnostics.AddRange(world.Desired.Diagnostics);
        diagnostics.AddRange(world.Desired.WithoutResource.Select(WithoutResource));

        var right = 0;
        foreach (var contact in world.Desired.Contacts)
        {
            var existing = kept.GetValueOrDefault(contact.ResourceId) ?? MappedContact(contact);
            var missing = contact.Technicians.Where(technician => !IsRight(technician, existing)).ToList();
            right += contact.Technicians.Count - missing.Count;
            var (role, roleDiagnostic) = Role(contact, existing?.LineItemId);
            if (missing.Count > 0)
            {
                additions.Add(new ContactAddition(
                    contact.ResourceId,
                    [.. missing.Select(technician =>
                        new MappedTechnician(technician.TechnicianId, rowOf.GetValueOrDefault(technician.TechnicianId)?.LineItemId))],
                    existing is null ? null : new ExistingContact(existing.LineItemId, existing.BusinessRole, IsPlaced(existing)),
                    role,
                    roleDiagnostic));
            }
            else if (role is not null && existing?.BusinessRole is "")
            {
                roles.Add(role);
            }
            else if (role is not null && Guid.TryParse(existing?.BusinessRole, out var set) && !FlexIds.Same(set.ToString(), role.RoleId))
            {
                diagnostics.Add(
                    $"tech {role.TechnicianId}: somebody set another business role in Flex than the tier {role.Tier}, which stays");
            }
        }

        var (deletions, replaced) = Deletions();
        var going = deletions.SelectMany(deletion => deletion.Rows).ToHashSet();
        return new CrewPlan
        {
            Deletions = deletions,
            StaleRows = stale,
            Additions = additions,
            Roles = roles,
            LeftoverRows = [.. world.Rows
                .Where(row => rowOf.GetValueOrDefault(row.TechnicianId) == row && !going.Contains(row) && !Stays(row.TechnicianId))
                .Select(row => new RowDeletion(row, Leaves: true))],
            Replaced = replaced,
            Kept = right,
            Desired = world.Desired.Contacts.Sum(contact => contact.Technicians.Count),
            Rows = world.Rows.Count,
            Listed = world.Contacts.Count,
            Diagnostics = diagnostics,
        };
    }

    private bool Stays(Guid technician) => desiredOf.ContainsKey(technician) || withoutResource.Contains(technician);

    private string WithoutResource(Guid technician) => rowOf.ContainsKey(technician)
        ? $"tech {technician}: the profile has no Flex resource id any more; the contact and its row stay as they are"
        : $"tech {technician}: the profile has no Flex resource id, so it cannot be on the crew call";

    private IEnumerable<RowDeletion> StaleRows()
    {
        foreach (var own in world.Rows.GroupBy(row => row.TechnicianId))
        {
            var best = own.MaxBy(row =>
                row.LineItemId is not { } line ? 1
                : !listed.TryGetValue(line, out var contact) ? (world.RowsAreNewer ? 2 : 0)
                : HasResource(row.TechnicianId, contact.ResourceId) ? 4
                : 3)!;
            foreach (var row in own)
            {
                var isGone = row.LineItemId is { } line && !listed.ContainsKey(line) && !world.RowsAreNewer;
                if (isGone || row != best)
                    yield return new RowDeletion(row, Leaves: row == best && !desiredOf.ContainsKey(row.TechnicianId));
            }
        }
    }

    // Closest is a contact to which the table maps a technician with its resource, then one to which the table maps anybody.
    private int Closeness(FlexContact contact) =>
        mapping[contact.LineItemId].Any(row => HasResource(row.TechnicianId, contact.ResourceId)) ? 2
        : mapping.Contains(contact.LineItemId) ? 1
        : 0;

    // Whether the technician is desired and has the resource; whoever is not desired has none.
    private bool HasResource(Guid technician, string? resource) =>
        FlexIds.Same(desiredOf.GetValueOrDefault(technician)?.ResourceId, resource);

    // A row is right when it maps the contact, or a line item of which the listing does not say whose it is.
    private bool IsRight(DesiredTechnician technician, FlexContact? existing) =>
        rowOf.GetValueOrDefault(technician.TechnicianId)?.LineItemId is { } line &&
        (FlexIds.Same(line, existing?.LineItemId) || !listed.TryGetValue(line, out var shown) || shown.ResourceId is null);

    private FlexContact? MappedContact(DesiredContact contact) =>
        contact.Technicians
            .Select(technician => rowOf.GetValueOrDefault(technician.TechnicianId)?.LineItemId)
            .Where(line => line is not null && (!listed.TryGetValue(line, out var shown) || shown.ResourceId is null))
            .Select(line => listed.GetValueOrDefault(line!) ?? new FlexContact(line!, contact.ResourceId))
            .FirstOrDefault();

    private (RoleAssignment? Role, string? Diagnostic) Role(DesiredContact contact, string? lineItemId)
    {
        var (roleId, diagnostic) = BusinessRoles.Resolve(world.RoleIds, world.Department, contact.Leading);
        return roleId is null
            ? (null, $"tech {contact.Leading.TechnicianId}: {diagnostic}")
            : (new RoleAssignment(lineItemId, contact.Leading.TechnicianId, contact.Leading.Tier!.Value.Name(), roleId), null);
    }

    // A contact that a table maps, and of which nothing is remembered, is older than that memory, and counts as placed by FlexCrew. An add
    // is begun only where Flex lists no contact of the resource: so a single one that is listed later is the one that was added.
    private bool IsPlaced(FlexContact contact) =>
        world.Placed.TryGetValue(contact.LineItemId, out var placed) ? placed
        : mapped.Contains(contact.LineItemId) || ownership.IsMappedElsewhere(contact)
            || (world.BegunResources.Contains(contact.ResourceId, FlexIds.Comparer)
            && world.Contacts.Count(same => FlexIds.Same(same.ResourceId, contact.ResourceId)) == 1);

    private (IReadOnlyList<ContactDeletion> Now, IReadOnlyList<ContactDeletion> Replaced) Deletions()
    {
        var now = new List<ContactDeletion>();
        var replaced = new List<ContactDeletion>();
        foreach (var contact in world.Contacts)
        {
            IReadOnlyList<CrewRow> rows = [.. mapping[contact.LineItemId]];
            var isDesired = contact.ResourceId is { } resource && desired.ContainsKey(resource);
            if (isDesired && kept[contact.ResourceId!].LineItemId == contact.LineItemId) continue;
            if (rows.Any(row => withoutResource.Contains(row.TechnicianId))) continue;

            if (contact.ResourceId is null && (rows.Count == 0 || rows.Any(row => Stays(row.TechnicianId)))) continue;
            var waits =
                rows.Any(row => desiredOf.TryGetValue(row.TechnicianId, out var own) && !FlexIds.Same(own.ResourceId, contact.ResourceId));
            var origin = new ContactOrigin(IsPlaced(contact), rows.Count > 0, options.PruneOrphans, isDesired);
            if (!ownership.MayDelete(contact, origin)) continue;

            var reason = (isDesired, waits) switch
            {
                (true, true) => DeletionReason.ReplacedDuplicate,
                (true, false) => DeletionReason.Duplicate,
                (false, true) => DeletionReason.Replaced,
                _ => DeletionReason.NotDesired,
            };
            (waits ? replaced : now).Add(new ContactDeletion(contact.LineItemId, contact.ResourceId, reason, rows));
        }

        return (now, replaced);
    }
}
