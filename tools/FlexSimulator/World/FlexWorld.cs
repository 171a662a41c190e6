using System.Diagnostics.CodeAnalysis;

namespace FlexSimulator;

/// <summary>What Flex holds: crew calls and their lines. Every member is safe to call from any thread.</summary>
public sealed class FlexWorld
{
    private const int RememberedRemovals = 20_000;

    private readonly Random random;
    private readonly Dictionary<string, CrewCall> crewCalls = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, CrewCall> owners = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> removed = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<string> removedInOrder = new();
    private readonly Signal changed = new();

    internal FlexWorld(int seed) => random = new Random(seed);

    internal Lock Gate { get; } = new();

    /// <summary>All crew calls.</summary>
    public IReadOnlyList<CrewCall> CrewCalls
    {
        get { lock (Gate) return [.. crewCalls.Values]; }
    }

    /// <summary>Makes an empty crew call.</summary>
    /// <param name="id">Its element id; null makes one.</param>
    /// <param name="name">What a person reads.</param>
    /// <exception cref="InvalidOperationException">There is one with that id.</exception>
    public CrewCall CreateCrewCall(string? id = null, string name = "Crew call")
    {
        lock (Gate)
        {
            var crewCall = new CrewCall(this, id ?? NewId(), name);
            if (!crewCalls.TryAdd(crewCall.Id, crewCall))
                throw new InvalidOperationException($"There is a crew call {crewCall.Id} already.");
            changed.Raise();
            return crewCall;
        }
    }

    /// <inheritdoc cref="CreateCrewCall(string?, string)"/>
    public CrewCall CreateCrewCall(Guid id, string name = "Crew call") => CreateCrewCall(id.ToString(), name);

    /// <summary>The crew call with that element id.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public CrewCall CrewCall(string id) =>
        FindCrewCall(id) ?? throw new KeyNotFoundException($"There is no crew call {id}.");

    /// <inheritdoc cref="CrewCall(string)"/>
    public CrewCall CrewCall(Guid id) => CrewCall(id.ToString());

    public CrewCall? FindCrewCall(string id)
    {
        lock (Gate)
            return crewCalls.GetValueOrDefault(id);
    }

    /// <summary>Removes a crew call with its lines, by hand.</summary>
    public bool RemoveCrewCall(string id)
    {
        lock (Gate)
        {
            if (!crewCalls.Remove(id, out var crewCall)) return false;
            foreach (var line in crewCall.Raw) Forget(line);
            changed.Raise();
            return true;
        }
    }

    /// <summary>The line with that id; null when there is none, or when it is marked as deleted.</summary>
    public FlexLine? FindLine(string id)
    {
        lock (Gate)
            return owners.TryGetValue(id, out var owner) ? owner.Raw.Find(line => Same(line.Id, id) && !line.Deleted) : null;
    }

    /// <summary>Removes a line and what is nested under it; false when there is none.</summary>
    public bool RemoveLine(string id)
    {
        lock (Gate)
        {
            if (!owners.TryGetValue(id, out var owner)) return false;
            var doomed = WithNested(owner, id);
            foreach (var line in owner.Raw.Where(line => doomed.Contains(line.Id))) Forget(line);
            owner.Raw.RemoveAll(line => doomed.Contains(line.Id));
            changed.Raise();
            return true;
        }
    }

    /// <summary>Marks a line and what is nested under it as deleted; false when there is none that is not.</summary>
    public bool MarkDeleted(string id)
    {
        lock (Gate)
        {
            if (FindLine(id) is null) return false;
            foreach (var doomed in WithNested(owners[id], id)) EditLine(doomed, line => line with { Deleted = true });
            return true;
        }
    }

    /// <summary>Changes a line by hand; its id and crew call stay.</summary>
    /// <exception cref="KeyNotFoundException">There is no such line.</exception>
    public FlexLine EditLine(string id, Func<FlexLine, FlexLine> edit)
    {
        lock (Gate)
        {
            if (!owners.TryGetValue(id, out var owner)) throw new KeyNotFoundException($"There is no line {id}.");
            var index = owner.Raw.FindIndex(line => Same(line.Id, id));
            var before = owner.Raw[index];
            var after = edit(before) with { Id = before.Id, CrewCallId = before.CrewCallId };
            owner.Raw[index] = after;
            changed.Raise();
            return after;
        }
    }

    /// <summary>Removes everything.</summary>
    public void Clear()
    {
        lock (Gate)
        {
            crewCalls.Clear();
            owners.Clear();
            removed.Clear();
            removedInOrder.Clear();
            changed.Raise();
        }
    }

    /// <summary>Waits until the world is as asked: for commits that come late.</summary>
    /// <exception cref="TimeoutException">It did not become so in time (default 10 s).</exception>
    public Task WaitUntilAsync(Func<FlexWorld, bool> condition, TimeSpan? timeout = null) =>
        changed.WaitUntilAsync(() => condition(this), timeout);

    internal string NewId()
    {
        lock (Gate)
        {
            Span<byte> bytes = stackalloc byte[16];
            random.NextBytes(bytes);
            bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
            bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
            return new Guid(bytes, bigEndian: true).ToString();
        }
    }

    internal FlexLine Add(CrewCall crewCall, FlexLine line, string? beforeId = null)
    {
        lock (Gate)
        {
            if (line.ParentId is { } parent && !Owns(crewCall, parent))
                throw new InvalidOperationException($"There is no line {parent} to nest under.");
            if (!owners.TryAdd(line.Id, crewCall))
                throw new InvalidOperationException($"There is a line {line.Id} already.");
            var index = beforeId is null ? -1 : crewCall.Raw.FindIndex(other => Same(other.Id, beforeId));
            crewCall.Raw.Insert(index < 0 ? crewCall.Raw.Count : index, line);
            changed.Raise();
            return line;
        }
    }

    internal bool Owns(CrewCall crewCall, string lineId)
    {
        lock (Gate)
            return owners.TryGetValue(lineId, out var owner) && owner == crewCall;
    }

    /// <summary>The crew call that owns the line, or owned it before it was removed.</summary>
    internal bool TryFindOwner(string lineId, [NotNullWhen(true)] out string? crewCallId)
    {
        lock (Gate)
        {
            if (owners.TryGetValue(lineId, out var owner))
            {
                crewCallId = owner.Id;
                return true;
            }
            return removed.TryGetValue(lineId, out crewCallId);
        }
    }

    internal static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static HashSet<string> WithNested(CrewCall owner, string id)
    {
        var lines = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { id };
        while (owner.Raw.Any(line => line.ParentId is { } parent && lines.Contains(parent) && lines.Add(line.Id))) { }
        return lines;
    }

    private void Forget(FlexLine line)
    {
        owners.Remove(line.Id);
        if (removed.TryAdd(line.Id, line.CrewCallId)) removedInOrder.Enqueue(line.Id);
        while (removedInOrder.Count > RememberedRemovals) removed.Remove(removedInOrder.Dequeue());
    }
}
