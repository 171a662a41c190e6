using FlexCrew.Database;

namespace FlexCrew.Simulation.Modelling;

/// <summary>The key of an intent of the journal.</summary>
internal sealed record IntentKey(Guid CrewCall, Guid Technician, string Element, string Resource);

/// <summary>The tables, with what their keys and statements guarantee. Every method is one statement.</summary>
internal sealed class DatabaseModel
{
    private readonly List<(Guid CrewCall, CrewRow Row)> rows = [];
    private int lastId;

    public List<Assignment> Assignments { get; } = [];

    public List<Profile> Profiles { get; } = [];

    public List<CrewCall> CrewCalls { get; } = [];

    public FenceModel Fences { get; } = new();

    /// <summary>The open intents of the journal, and when each was begun or renewed.</summary>
    public Dictionary<IntentKey, DateTimeOffset> Intents { get; } = [];

    /// <summary>Who placed a contact: true for FlexCrew.</summary>
    public Dictionary<(string Element, string Line), bool> Contacts { get; } = [];

    /// <summary>The log: the key is (instance, department).</summary>
    public Dictionary<(string Instance, string Department), SyncLogRow> Log { get; } = [];

    /// <summary>Whether (crew call, technician) is unique.</summary>
    public bool HasUniqueKey { get; init; } = true;

    /// <summary>How often a row of the table, of the journal or of the memory was written.</summary>
    public int Changes { get; private set; }

    /// <summary>Whether the crew call is linked to the element now.</summary>
    public bool IsLinked(Guid crewCall, string element) => CrewCalls.Exists(call => call.Id == crewCall && call.Element == element);

    public CrewCall? Find(Key key) => CrewCalls.Find(call => call.Key == key);

    public IEnumerable<AssignmentRow> AssignmentsOf(Guid job) =>
        from assignment in Assignments
        where assignment.Job == job
        let profile = Profiles.Find(profile => profile.Id == assignment.Technician)
        select new AssignmentRow(
            assignment.Technician, assignment.Sound, assignment.Lights, null, profile.ResourceId, profile.Department, JobId: job);

    public IReadOnlyList<CrewRow> RowsOf(Guid crewCall) => [.. rows.Where(row => row.CrewCall == crewCall).Select(row => row.Row)];

    /// <summary>The other crew calls that are linked to the element.</summary>
    public IEnumerable<CrewCall> LinkedTo(Guid crewCall, string element) =>
        CrewCalls.Where(call => call.Id != crewCall && call.Element == element);

    /// <summary>Everything that a plan needs of a crew call.</summary>
    public CrewReading Read(CrewCall call, Guid? technician)
    {
        var linked = LinkedTo(call.Id, call.Element).ToList();
        return new CrewReading
        {
            Call = new CrewCallRow(call.Id, call.Element),
            Fence = Fences.StateOf(call.Element),
            Linked = [.. linked.Select(other => new LinkedCallRow(other.Id, other.Key.Job, other.Key.Department))],
            Assignments = [.. linked.Append(call).Select(one => one.Key.Job).Distinct().SelectMany(AssignmentsOf)],
            Rows = RowsOf(call.Id),
            Person = Profiles.Where(profile => profile.Id == technician)
                .Select(profile => new PersonRow(profile.Id, profile.ResourceId, null)).FirstOrDefault(),
            LinkedLineItemIds = [.. linked.SelectMany(other => RowsOf(other.Id)).Select(row => row.LineItemId).OfType<string>().Distinct()],
            Contacts = [.. Contacts.Where(known => known.Key.Element == call.Element)
                .Select(known => new KnownContactRow(known.Key.Line, known.Value))],
            BegunResourceIds = [.. Intents.Keys.Where(intent => intent.Element == call.Element).Select(intent => intent.Resource)
                .Distinct()],
        };
    }

    /// <summary>Who is assigned to the crew calls of the element, and who is mapped to its contacts.</summary>
    public DesiredReading Desired(bool isHeld, string element, Guid crewCall)
    {
        var calls = CrewCalls.FindAll(call => call.Element == element || call.Id == crewCall);
        return new DesiredReading(
            isHeld,
            [.. calls.Select(call => new LinkedCallRow(call.Id, call.Key.Job, call.Key.Department))],
            [.. calls.Select(call => call.Key.Job).Distinct().SelectMany(AssignmentsOf)],
            [
                .. from call in calls
                from row in RowsOf(call.Id)
                where row.LineItemId is not null
                select new MappedRow(call.Id, row.TechnicianId, row.LineItemId!),
            ]);
    }

    public void Insert(Guid crewCall, Guid technician, string? line)
    {
        if (HasUniqueKey && rows.Any(row => row.CrewCall == crewCall && row.Row.TechnicianId == technician))
            throw new DatabaseException("complete add", "23505", isTransient: false);
        Changes++;
        rows.Add((crewCall, new CrewRow(new Guid($"22222222-0000-0000-0000-{++lastId:D12}"), technician, line)));
    }

    /// <summary>Maps technicians to a line item, but not one whom somebody else has mapped meanwhile. Returns those.</summary>
    public IReadOnlyList<AddedTechnician> Complete(AddClaim add, string line)
    {
        var elsewhere = new List<AddedTechnician>();
        foreach (var known in add.Technicians)
        {
            if (Intents.Remove(KeyOf(add, known))) Changes++;
            var at = rows.FindIndex(row => row.CrewCall == add.CrewCallId && row.Row.TechnicianId == known.TechnicianId);
            var mapped = at < 0 ? null : rows[at].Row.LineItemId;
            if (at < 0 || !HasUniqueKey) Insert(add.CrewCallId, known.TechnicianId, line);
            else if (mapped == line) continue;
            else if (mapped is not null && mapped != known.LineItemId) elsewhere.Add(known with { LineItemId = mapped, StartedAt = null });
            else
            {
                if (mapped is not null) Remember(add.Fence.Element, mapped, placed: true);
                Changes++;
                rows[at] = (add.CrewCallId, rows[at].Row with { LineItemId = line });
            }
        }

        return elsewhere;
    }

    /// <summary>Deletes rows that are still as they were seen; returns those that went.</summary>
    public IReadOnlyList<CrewRow> Delete(RowDeletions deletions)
    {
        var (element, crewCall, seen) = (deletions.Fence.Element, deletions.CrewCallId, deletions.Rows);
        foreach (var key in Intents.Keys.ToList())
            if (key.Element == element && deletions.GoneResourceIds.Contains(key.Resource) && Intents.Remove(key)) Changes++;

        foreach (var line in seen.Select(row => row.LineItemId).OfType<string>()) Remember(element, line, placed: true);
        var going = rows.Where(row => row.CrewCall == crewCall && seen.Contains(row.Row)).ToList();
        foreach (var row in going) rows.Remove(row);
        Changes += going.Count;
        return [.. going.Select(row => row.Row)];
    }

    /// <summary>Writes intents if the tables hold what the caller knows, or in any case.</summary>
    public BegunAdd Begin(AddClaim add, DateTimeOffset now, bool compares = true)
    {
        var found = add.Technicians.Select(known => (
            Known: known,
            Line: rows.Find(row => row.CrewCall == add.CrewCallId && row.Row.TechnicianId == known.TechnicianId).Row?.LineItemId,
            Open: Intents.TryGetValue(KeyOf(add, known), out var open) ? open : (DateTimeOffset?)null)).ToList();
        var asKnown = found.TrueForAll(one =>
            (one.Line is null || one.Line == one.Known.LineItemId) && one.Open?.UtcDateTime == one.Known.StartedAt);
        var isWritten = asKnown || !compares;
        if (isWritten)
        {
            foreach (var known in add.Technicians) Intents[KeyOf(add, known)] = now;
            Changes++;
        }

        var ages = found.Select(one => one.Open).OfType<DateTimeOffset>().Select(open => now - open).ToList();
        return new BegunAdd(
            IsHeld: true,
            isWritten,
            [.. found.Select(
                one => new AddedTechnician(
                    one.Known.TechnicianId, one.Line, isWritten ? now.UtcDateTime : one.Open?.UtcDateTime))],
            ages.Count > 0 ? ages.Min() : TimeSpan.Zero);
    }

    public void Abandon(AddClaim add)
    {
        foreach (var known in add.Technicians)
        {
            var key = KeyOf(add, known);
            if (Intents.TryGetValue(key, out var open) && open.UtcDateTime == known.StartedAt && Intents.Remove(key)) Changes++;
        }
    }

    /// <summary>Writes the log row, gives the fence back, and clears the intents that a run without a failure leaves behind.</summary>
    public void Write(SyncLogRow row, FenceReturn? fence, DateTimeOffset now)
    {
        if (!Log.TryAdd((row.InstanceId, row.Department), row)) return;
        var element = Fences.ElementOf(fence?.Holder);
        if (fence is not null) Fences.Return(fence, now);
        if (row.Status != "succeeded") return;
        foreach (var (key, begun) in Intents.ToList())
        {
            // Tidying up with the log row is no change of the crew call.
            var isOfRun = key.Element == element && (row.TechnicianId is null || row.TechnicianId == key.Technician)
                && (key.CrewCall == row.CrewCallId || !IsLinked(key.CrewCall, key.Element));
            if (isOfRun && begun < row.StartedAt - TimeSpan.FromMinutes(1)) Intents.Remove(key);
        }
    }

    /// <summary>
    /// Notes who placed a contact that an add found or made, where nothing is noted yet: FlexCrew, if a table maps it already.
    /// </summary>
    public void Remember(AddClaim add, string line, bool placed) => Remember(
        add.Fence.Element,
        line,
        placed || rows.Exists(row => row.Row.LineItemId == line && IsLinked(row.CrewCall, add.Fence.Element)));

    /// <summary>Notes who placed a contact, where nothing is noted yet.</summary>
    public void Remember(string element, string line, bool placed)
    {
        if (Contacts.TryAdd((element, line), placed)) Changes++;
    }

    private static IntentKey KeyOf(AddClaim add, AddedTechnician technician) =>
        new(add.CrewCallId, technician.TechnicianId, add.Fence.Element, add.ResourceId);
}
