using FlexCrew.Database;
using FlexCrew.Flex;

namespace FlexCrew.Sync;

/// <summary>What the steps of the flow would find and decide, one after the other, if all of them went well. Pure.</summary>
internal sealed record PlannedWorld(
    IReadOnlyList<(FlexContact Contact, string Reason)> Pruned, IReadOnlyList<CrewRow> Rows, IReadOnlyList<CrewRow> Stale, CrewDiff Diff)
{
    public static PlannedWorld Of(
        IReadOnlyList<DesiredContact> desired,
        IReadOnlyList<FlexContact> contacts,
        IReadOnlyList<CrewRow> rows,
        bool pruneOrphans,
        IReadOnlyCollection<string>? siblingLines = null)
    {
        var pruned = PrunePlan.Of(desired, contacts, rows, pruneOrphans, siblingLines);
        var gone = pruned.Select(planned => planned.Contact.LineItemId).ToHashSet(FlexIds.Comparer);
        var left = contacts.Where(contact => !gone.Contains(contact.LineItemId)).ToList();
        var leftRows = rows.Where(row => row.LineItemId is null || !gone.Contains(row.LineItemId)).ToList();
        var stale = StaleRows.Of(desired, left, leftRows);
        return new PlannedWorld(pruned, rows, stale, CrewDiff.Of(desired, [.. leftRows.Except(stale)], left, shared: siblingLines is not null));
    }

    public IEnumerable<PlannedAdd> Adds(IReadOnlyDictionary<Guid, string?> names) =>
        from addition in Diff.Additions
        from technician in addition.TechnicianIds
        select new PlannedAdd(technician, names.GetValueOrDefault(technician), addition.Contact.ResourceId, addition.Existing?.LineItemId);

    /// <summary>
    /// Contacts that would be deleted, then rows without one. A stale row of a desired technician is replaced, not removed.
    /// A contact that the table does not map has the name of whose resource it is.
    /// </summary>
    public IEnumerable<PlannedRemoval> Removals(IReadOnlyList<PersonRow> people, IReadOnlyList<DesiredContact> desired)
    {
        var owners = Rows.Where(row => row.LineItemId is not null).ToLookup(row => row.LineItemId!, row => row.TechnicianId, FlexIds.Comparer);
        var wanted = desired.SelectMany(contact => contact.Technicians).Select(technician => technician.TechnicianId).ToHashSet();
        foreach (var (contact, reason) in Pruned)
        {
            Guid? owner = owners[contact.LineItemId].Select(id => (Guid?)id).FirstOrDefault();
            var person = people.FirstOrDefault(person => owner is { } id
                ? person.TechnicianId == id
                : FlexIds.Same(person.FlexResourceId?.Trim(), contact.ResourceId));
            yield return new PlannedRemoval(contact.LineItemId, contact.ResourceId, owner, person?.Name, reason);
        }

        foreach (var row in Stale.Where(row => !wanted.Contains(row.TechnicianId)).Concat(Diff.Removals))
            yield return new PlannedRemoval(row.LineItemId, null, row.TechnicianId, people.FirstOrDefault(person => person.TechnicianId == row.TechnicianId)?.Name, PrunePlan.NotDesired);
    }

    public IEnumerable<PlannedRole> Roles(IReadOnlyDictionary<Guid, string?> names, IReadOnlyDictionary<string, string> ids, string department) =>
        from contact in Diff.Additions
            .Where(addition => addition.Existing is null or { BusinessRole: "" })
            .Select(addition => addition.Contact)
            .Concat(Diff.RolesToSet.Select(missing => missing.Contact))
        let technician = contact.Leading
        let roleId = BusinessRoles.Resolve(ids, department, technician).RoleId
        where roleId is not null
        select new PlannedRole(
            technician.TechnicianId, names.GetValueOrDefault(technician.TechnicianId), technician.Tier!.Value.Name(), roleId);
}
