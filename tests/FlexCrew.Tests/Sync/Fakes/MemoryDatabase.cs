using FlexCrew.Database;
using FlexCrew.Flex;

namespace FlexCrew.Tests.Sync.Fakes;

/// <summary>What the database holds of one crew call, in memory: the rules are those of the queries.</summary>
internal sealed class MemoryDatabase(TimeProvider time) : ICrewReader, ICrewTable, IAddJournal, IFences, ICrewCalls, ISyncLog, IActivityLog
{
    private readonly Lock gate = new();
    private DateTime newest;
    private int lastId = 100;

    /// <summary>The element that the crew call is linked to; null when none is mapped.</summary>
    public string? Element { get; set; } = Runs.Target.ElementId;

    public List<CrewRow> Rows { get; set; } = [];

    public List<AssignmentRow> Assignments { get; } = [];

    /// <summary>The crew calls that are linked to the same element.</summary>
    public List<LinkedCallRow> Linked { get; } = [];

    public List<string> LinkedLines { get; } = [];

    public List<CrewCallRow> NotSynced { get; } = [];

    public List<PersonRow> People { get; } = [];

    /// <summary>Line item → whether FlexCrew placed it.</summary>
    public Dictionary<string, bool> Placed { get; } = new(FlexIds.Comparer);

    /// <summary>The adds that were begun and not seen to end.</summary>
    public Dictionary<Guid, (string Resource, DateTime StartedAt)> Intents { get; } = [];

    /// <summary>Who holds the fence of the element.</summary>
    public string? Holder { get; set; } = Runs.Target.Fence.Holder;

    public long Token { get; set; } = Runs.Target.Fence.Token;

    public List<SyncLogRow> Logged { get; } = [];

    public List<CrewActivity> Told { get; } = [];

    /// <summary>How often an intent was written or renewed.</summary>
    public int Begun { get; private set; }

    /// <summary>Attempts to write to Flex that passed the fence.</summary>
    public int Passes { get; set; }

    /// <summary>Statements that write.</summary>
    public int Writes { get; private set; }

    /// <summary>
    /// What happens in the world when a method is called, by its name; it may throw. A question that lets a write pass is named
    /// <c>Pass</c>.
    /// </summary>
    public Action<string> OnCall { get; set; } = _ => { };

    /// <summary>Lets every call of a method fail.</summary>
    public void Break(string method) =>
        OnCall = called => { if (called == method) throw new DatabaseException(method, "timeout", isTransient: true); };

    /// <summary>An add of the technician's contact was begun some time ago by a run that is no more.</summary>
    public void Begin(Guid technician, string resource, TimeSpan ago) => Intents[technician] = (resource, Now() - ago);

    public Task<CrewReading> ReadAsync(CrewQuery query, CancellationToken cancellation) => AnswerAsync(nameof(ReadAsync), () =>
    {
        if (Element is not { } element || query.Department != "sound") return new CrewReading();
        if (query.Holder is { } claimant && Holder is null) (Holder, Token, Passes) = (claimant, Token + 1, 0);
        return new CrewReading
        {
            Call = new CrewCallRow(Runs.CrewCall, element),
            Fence = new FenceAnswer(Holder, Token, IsNext: false),
            NotSynced = [.. NotSynced],
            Linked = [.. Linked],
            Assignments = [.. Assignments],
            Rows = [.. Rows],
            Person = People.Find(person => person.TechnicianId == query.TechnicianId),
            LinkedLineItemIds = [.. LinkedLines],
            Contacts = [.. Placed.Select(contact => new KnownContactRow(contact.Key.ToLowerInvariant(), contact.Value))],
            BegunResourceIds = [.. Intents.Values.Select(intent => intent.Resource).Distinct()],
        };
    });

    public Task<DesiredReading> DesiredAsync(FenceHold fence, Guid crewCallId, bool passes, CancellationToken cancellation) =>
        AnswerAsync(passes ? "Pass" : nameof(DesiredAsync), () =>
        {
            if (passes) Pass(fence);
            return new DesiredReading(
                IsHeld(fence),
                [new LinkedCallRow(Runs.CrewCall, Runs.Job, "sound"), .. Linked],
                [.. Assignments],
                [
                    .. Rows.Where(row => row.LineItemId is not null)
                        .Select(row => new MappedRow(Runs.CrewCall, row.TechnicianId, row.LineItemId!)),
                    .. Linked.SelectMany(call => LinkedLines.Select(line => new MappedRow(call.Id, Make.Tech(99), line))),
                ]);
        });

    public Task<bool> DeleteAsync(RowDeletions deletions, CancellationToken cancellation) => AnswerAsync(nameof(DeleteAsync), () =>
    {
        Writes++;
        if (!IsHeld(deletions.Fence)) return false;
        foreach (var line in deletions.Rows.Select(row => row.LineItemId).OfType<string>()) Placed.TryAdd(line, true);
        foreach (var ended in Intents.Where(intent => deletions.GoneResourceIds.Contains(intent.Value.Resource, FlexIds.Comparer)).ToList())
            Intents.Remove(ended.Key);
        Rows.RemoveAll(row => deletions.Rows.Any(seen => seen.Id == row.Id && seen.LineItemId == row.LineItemId));
        return true;
    });

    public Task<BegunAdd> BeginAsync(AddClaim add, CancellationToken cancellation) =>
        AnswerAsync(nameof(BeginAsync), () =>
    {
        Writes++;
        var found = add.Technicians.Select(known => Found(known.TechnicianId)).ToList();
        var age = found.Select(other => other.StartedAt).OfType<DateTime>().Select(started => time.GetUtcNow().UtcDateTime - started)
            .DefaultIfEmpty(TimeSpan.Zero).Min();
        if (!IsHeld(add.Fence)) return new BegunAdd(false, false, found, age);
        if (add.Technicians.Any(IsMappedElsewhere) || add.Technicians.Zip(found).Any(pair => pair.First.StartedAt != pair.Second.StartedAt))
            return new BegunAdd(true, false, found, age);
        Begun++;
        Pass(add.Fence);
        foreach (var known in add.Technicians) Intents[known.TechnicianId] = (add.ResourceId, Now());
        return new BegunAdd(true, true, [.. add.Technicians.Select(known => Found(known.TechnicianId))], age);
    });

    public Task<CompletedAdd> CompleteAsync(AddClaim add, string lineItemId, bool placed, CancellationToken cancellation) =>
        AnswerAsync(nameof(CompleteAsync), () =>
    {
        Writes++;
        if (!IsHeld(add.Fence)) return new CompletedAdd(false, []);
        var elsewhere = add.Technicians
            .Where(IsMappedElsewhere).Select(known => Found(known.TechnicianId) with { StartedAt = null })
            .Where(other => !FlexIds.Same(other.LineItemId, lineItemId)).ToList();
        Placed.TryAdd(lineItemId, placed || LinkedLines.Concat(Rows.Select(row => row.LineItemId)).Contains(lineItemId, FlexIds.Comparer));
        foreach (var known in add.Technicians)
        {
            Intents.Remove(known.TechnicianId);
            if (elsewhere.Exists(other => other.TechnicianId == known.TechnicianId)) continue;
            if (Found(known.TechnicianId).LineItemId is { } old && !FlexIds.Same(old, lineItemId)) Placed.TryAdd(old, true);
            var at = Rows.FindIndex(row => row.TechnicianId == known.TechnicianId);
            if (at >= 0) Rows[at] = Rows[at] with { LineItemId = lineItemId };
            else Rows.Add(Make.Row(0, lineItemId, ++lastId) with { TechnicianId = known.TechnicianId });
        }

        return new CompletedAdd(true, elsewhere);
    });

    public Task AbandonAsync(AddClaim add, CancellationToken cancellation) => AnswerAsync(nameof(AbandonAsync), () =>
    {
        Writes++;
        foreach (var known in add.Technicians.Where(known => IsHeld(add.Fence) && Found(known.TechnicianId).StartedAt == known.StartedAt))
            Intents.Remove(known.TechnicianId);
        return true;
    });

    public Task<bool> PassAsync(FenceHold hold, CancellationToken cancellation) => AnswerAsync("Pass", () => Pass(hold));

    public Task<FreedFence?> FreeAsync(string element, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<FreedFence?> FreeHeldByAsync(string holder, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<IReadOnlyList<string>> DepartmentsAsync(Guid jobId, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<IReadOnlyList<PersonRow>> PeopleAsync(
        IReadOnlyCollection<Guid> technicianIds, IReadOnlyCollection<string> resourceIds, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<PersonRow>>([.. People]);

    public Task WriteAsync(SyncLogRow row, FenceReturn? fence, CancellationToken cancellation) => AnswerAsync(nameof(WriteAsync), () =>
    {
        Logged.Add(row);
        if (Holder == fence?.Holder) Holder = Passes == fence?.Passes ? null : $"{Holder} (ended)";
        return true;
    });

    public Task WriteAsync(CrewActivity activity, CancellationToken cancellation) => AnswerAsync("Tell", () =>
    {
        Told.Add(activity);
        return true;
    });

    private Task<T> AnswerAsync<T>(string method, Func<T> answer)
    {
        lock (gate)
        {
            OnCall(method);
            return Task.FromResult(answer());
        }
    }

    private bool Pass(FenceHold hold)
    {
        if (!IsHeld(hold)) return false;
        Passes++;
        return true;
    }

    private bool IsHeld(FenceHold hold) => hold == new FenceHold(Runs.Target.Fence.Element, Token, Holder ?? "");

    private AddedTechnician Found(Guid technician) => new(
        technician,
        Rows.Find(row => row.TechnicianId == technician)?.LineItemId,
        Intents.TryGetValue(technician, out var intent) ? intent.StartedAt : null);

    private bool IsMappedElsewhere(AddedTechnician known) =>
        Found(known.TechnicianId).LineItemId is { } line && !FlexIds.Same(line, known.LineItemId);

    // No two intents have the same time: the time tells them apart.
    private DateTime Now() => newest = new DateTime(Math.Max(time.GetUtcNow().UtcDateTime.Ticks, newest.Ticks + 1), DateTimeKind.Utc);
}
