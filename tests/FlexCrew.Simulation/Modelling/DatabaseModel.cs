using FlexCrew.Database;

namespace FlexCrew.Simulation.Modelling;

/// <summary>An open intent of the journal.</summary>
internal sealed record Intent(string ResourceId, DateTimeOffset StartedAt);

/// <summary>The tables, with what their keys and statements guarantee. Every method is one statement.</summary>
internal sealed class DatabaseModel
{
    private readonly List<(Guid CrewCall, CrewRow Row)> rows = [];
    private int lastId;

    public List<Assignment> Assignments { get; } = [];

    public List<Profile> Profiles { get; } = [];

    public List<CrewCall> CrewCalls { get; } = [];

    public Dictionary<(Guid CrewCall, Guid Technician), Intent> Intents { get; } = [];

    /// <summary>The log: the key is (instance, department).</summary>
    public Dictionary<(string Instance, string Department), SyncLogRow> Log { get; } = [];

    /// <summary>Whether (crew call, technician) is unique.</summary>
    public bool HasUniqueKey { get; init; } = true;

    /// <summary>How often a row of the table, or of the journal, was written.</summary>
    public int Changes { get; private set; }

    public CrewCall? Find(Key key) => CrewCalls.Find(call => call.Key == key);

    public IReadOnlyList<AssignmentRow> AssignmentsOf(Guid job) =>
    [
        .. from assignment in Assignments
           where assignment.Job == job
           let profile = Profiles.Find(profile => profile.Id == assignment.Technician)
           select new AssignmentRow(assignment.Technician, assignment.Sound, assignment.Lights, null, profile.ResourceId, profile.Department),
    ];

    public IReadOnlyList<CrewRow> RowsOf(Guid crewCall) => [.. rows.Where(row => row.CrewCall == crewCall).Select(row => row.Row)];

    /// <summary>The other crew calls that are linked to the element.</summary>
    public IEnumerable<CrewCall> SiblingsOf(Guid crewCall, string element) =>
        CrewCalls.Where(call => call.Id != crewCall && call.Element == element);

    /// <summary>The line items that these map.</summary>
    public IReadOnlyList<string> SiblingLinesOf(Guid crewCall, string element) =>
        [.. SiblingsOf(crewCall, element).SelectMany(call => RowsOf(call.Id)).Select(row => row.LineItemId).OfType<string>().Distinct()];

    public void Insert(Guid crewCall, Guid technician, string? line)
    {
        if (HasUniqueKey && rows.Any(row => row.CrewCall == crewCall && row.Row.TechnicianId == technician))
            throw new DatabaseException("complete add", "23505", isTransient: false);
        Changes++;
        rows.Add((crewCall, new CrewRow(new Guid($"22222222-0000-0000-0000-{++lastId:D12}"), technician, line)));
    }

    public void Upsert(Guid crewCall, Guid technician, string line)
    {
        var at = rows.FindIndex(row => row.CrewCall == crewCall && row.Row.TechnicianId == technician);
        if (at < 0)
        {
            Insert(crewCall, technician, line);
        }
        else if (rows[at].Row.LineItemId != line)
        {
            Changes++;
            rows[at] = (crewCall, rows[at].Row with { LineItemId = line });
        }
    }

    /// <summary>Deletes rows that are still as they were seen; returns those that went.</summary>
    public IReadOnlyList<CrewRow> Delete(Guid crewCall, IReadOnlyCollection<CrewRow> seen)
    {
        var going = rows.Where(row => row.CrewCall == crewCall && seen.Contains(row.Row)).ToList();
        foreach (var row in going) rows.Remove(row);
        Changes += going.Count;
        return [.. going.Select(row => row.Row)];
    }

    public IReadOnlyList<OpenIntent> Begin(Guid crewCall, IReadOnlyCollection<Guid> technicians, string resource, DateTimeOffset now)
    {
        var open = new List<OpenIntent>();
        foreach (var technician in technicians)
        {
            if (Intents.TryGetValue((crewCall, technician), out var before)) open.Add(new OpenIntent(technician, now - before.StartedAt));
            Intents[(crewCall, technician)] = new Intent(resource, now);
            Changes++;
        }

        return open;
    }

    public void Clear(Guid crewCall, IReadOnlyCollection<Guid> technicians)
    {
        foreach (var technician in technicians)
            if (Intents.Remove((crewCall, technician))) Changes++;
    }
}
