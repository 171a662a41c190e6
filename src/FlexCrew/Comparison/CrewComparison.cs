using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Planning;

namespace FlexCrew.Comparison;

/// <summary>What a comparison looks at.</summary>
/// <param name="Department">The department.</param>
/// <param name="Assignments">All assignments of the job.</param>
/// <param name="Rows">The rows of the crew call.</param>
/// <param name="Contacts">What Flex lists, the oldest first; null when Flex could not be read.</param>
internal sealed record CrewSnapshot(
    string Department, IReadOnlyList<AssignmentRow> Assignments, IReadOnlyList<CrewRow> Rows, IReadOnlyList<FlexContact>? Contacts)
{
    /// <summary>The line items that linked crew calls map; null where the element is not shared.</summary>
    public IReadOnlyCollection<string>? LinkedLines { get; init; }

    /// <summary>Tier → id of the business role.</summary>
    public IReadOnlyDictionary<string, string> RoleIds { get; init; } = new Dictionary<string, string>();

    /// <summary>Who the people are that are not assigned.</summary>
    public IReadOnlyList<PersonRow> People { get; init; } = [];
}

/// <summary>Lays what should be, what the table has and what Flex has side by side, and names what differs. Pure.</summary>
internal static class CrewComparison
{
    /// <summary>Those who are assigned, by name; then rows and contacts of others.</summary>
    public static IReadOnlyList<ComparedPerson> Of(CrewSnapshot crew) => new Comparer(crew).People();

    private sealed class Comparer(CrewSnapshot crew)
    {
        private readonly IReadOnlyList<AssignedTechnician> assigned = AssignedCrew.Of(crew.Assignments, crew.Department);
        private readonly ILookup<Guid, CrewRow> rows = crew.Rows.ToLookup(row => row.TechnicianId);
        private readonly HashSet<string> linked = (crew.LinkedLines ?? []).ToHashSet(FlexIds.Comparer);
        private readonly HashSet<string> placed = new(FlexIds.Comparer);

        public IReadOnlyList<ComparedPerson> People()
        {
            var wanted = assigned.OrderBy(one => one.Name ?? "\uFFFF", StringComparer.InvariantCultureIgnoreCase).Select(Assigned).ToList();
            var ids = assigned.Select(one => one.TechnicianId).ToHashSet();
            var mapped = rows.Where(own => !ids.Contains(own.Key)).Select(own => Mapped(own.Key, [.. own])).ToList();
            var others = (crew.Contacts ?? []).Where(contact => !placed.Contains(contact.LineItemId)).Select(Other).ToList();
            return [.. wanted, .. mapped, .. others];
        }

        private ComparedPerson Assigned(AssignedTechnician one)
        {
            var own = rows[one.TechnicianId].ToList();
            var contacts = ContactsOf(own, one.ResourceId);
            return new ComparedPerson
            {
                TechnicianId = one.TechnicianId,
                Name = one.Name,
                Should = new ShouldBe(one.Role, one.Tier?.Name(), one.ResourceId),
                Table = [.. own.Select(row => row.LineItemId)],
                Flex = Show(contacts),
                Differences = [.. TableDifferences(one, own, contacts), .. contacts is null ? [] : FlexDifferences(one, own, contacts)],
            };
        }

        private IEnumerable<CrewDifference> TableDifferences(AssignedTechnician one, List<CrewRow> own, List<FlexContact>? contacts)
        {
            if (one.ResourceId is null)
                yield return DifferenceKinds.Of("no_resource");
            if (own.Count > 1)
                yield return DifferenceKinds.Of("duplicate_row");
            if (contacts is null && one.ResourceId is not null && own.All(row => row.LineItemId is null))
                yield return DifferenceKinds.Of("not_in_table");
            if (one.ResourceId is not null && assigned.Count(other => FlexIds.Same(other.ResourceId, one.ResourceId)) > 1)
                yield return DifferenceKinds.Of("shared_resource");
        }

        private IEnumerable<CrewDifference> FlexDifferences(AssignedTechnician one, List<CrewRow> own, List<FlexContact> contacts)
        {
            var lines = own.Select(row => row.LineItemId).OfType<string>().ToList();
            foreach (var line in lines)
            {
                if (contacts.FirstOrDefault(contact => FlexIds.Same(contact.LineItemId, line)) is not { } mapped)
                    yield return DifferenceKinds.Of("contact_gone", line);
                else if (one.ResourceId is not null && mapped.ResourceId is { } resource && !FlexIds.Same(resource, one.ResourceId))
                    yield return DifferenceKinds.Of("other_resource", line);
            }

            // A contact whose resource the listing does not tell is believed to be the one of whoever is mapped to it.
            var right = contacts.Where(contact =>
                FlexIds.Same(contact.ResourceId, one.ResourceId) || (contact.ResourceId is null && IsMapped(contact))).ToList();
            var kept = right.FirstOrDefault(IsMapped) ?? right.FirstOrDefault();
            if (kept is null)
            {
                if (one.ResourceId is not null) yield return DifferenceKinds.Of("missing_in_flex");
                yield break;
            }
            if (!IsMapped(kept))
                yield return DifferenceKinds.Of("not_in_table", kept.LineItemId);
            foreach (var twin in right.Where(contact => contact != kept && !linked.Contains(contact.LineItemId)))
                yield return DifferenceKinds.Of("duplicate", twin.LineItemId);
            if (RoleOf(one) is { } role && kept.BusinessRole is { } current && !FlexIds.Same(role, current))
                yield return DifferenceKinds.Of(current.Length == 0 ? "role_missing" : "role_differs", kept.LineItemId);

            bool IsMapped(FlexContact contact) => lines.Any(line => FlexIds.Same(line, contact.LineItemId));
        }

        private string? RoleOf(AssignedTechnician one) => one.Tier is { } tier ? crew.RoleIds.GetValueOrDefault(tier.Name()) : null;

        private ComparedPerson Mapped(Guid technician, List<CrewRow> own)
        {
            var contacts = ContactsOf(own, null);
            return new ComparedPerson
            {
                TechnicianId = technician,
                Name = crew.People.FirstOrDefault(person => person.TechnicianId == technician)?.Name,
                Table = [.. own.Select(row => row.LineItemId)],
                Flex = Show(contacts),
                Differences = [.. own.Select(row => DifferenceKinds.Of("not_desired", row.LineItemId))],
            };
        }

        private ComparedPerson Other(FlexContact contact)
        {
            var person = crew.People.FirstOrDefault(person => FlexIds.Same(person.FlexResourceId?.Trim(), contact.ResourceId));
            var kind = contact.ResourceId is null ? "unknown_contact" : crew.LinkedLines is not null ? "linked" : "not_desired";
            return new ComparedPerson
            {
                TechnicianId = person?.TechnicianId,
                Name = person?.Name,
                Table = [],
                Flex = Show([contact]),
                Differences = [DifferenceKinds.Of(kind, contact.LineItemId)],
            };
        }

        private List<FlexContact>? ContactsOf(List<CrewRow> own, string? resource)
        {
            var contacts = crew.Contacts?.Where(contact =>
                FlexIds.Same(contact.ResourceId, resource) || own.Any(row => FlexIds.Same(row.LineItemId, contact.LineItemId))).ToList();
            foreach (var contact in contacts ?? []) placed.Add(contact.LineItemId);
            return contacts;
        }

        private List<InFlex>? Show(List<FlexContact>? contacts) =>
            contacts?.ConvertAll(contact => new InFlex(contact.LineItemId, contact.ResourceId, Known(contact.BusinessRole)));

        private string? Known(string? role) => crew.RoleIds.FirstOrDefault(known => FlexIds.Same(known.Value, role)).Key ?? role;
    }
}
