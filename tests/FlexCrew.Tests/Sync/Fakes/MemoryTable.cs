using FlexCrew.Database;

namespace FlexCrew.Tests.Sync.Fakes;

/// <summary>The rows of one crew call and the intents to add to it, in memory.</summary>
internal sealed class MemoryTable : ICrewTable, IAddJournal
{
    private int lastId;

    public List<CrewRow> Rows { get; } = [];

    /// <summary>What siblings map, asked for again and again: an answer each, the last one for good.</summary>
    public Queue<string[]> SiblingLines { get; } = [];

    /// <summary>Statements that ask what siblings map.</summary>
    public int SiblingReads { get; private set; }

    /// <summary>Open intents and how old each is.</summary>
    public Dictionary<Guid, TimeSpan> Open { get; } = [];

    /// <summary>How often an intent was written or renewed.</summary>
    public int Begun { get; private set; }

    /// <summary>Statements that write.</summary>
    public int Writes { get; private set; }

    public Task<IReadOnlyList<CrewRow>> RowsAsync(Guid crewCallId, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<CrewRow>>([.. Rows]);

    public Task<IReadOnlyList<string>> SiblingLinesAsync(Guid crewCallId, string elementId, CancellationToken cancellation)
    {
        SiblingReads++;
        return Task.FromResult<IReadOnlyList<string>>(
            SiblingLines.Count > 1 ? SiblingLines.Dequeue() : SiblingLines.Count == 1 ? SiblingLines.Peek() : []);
    }

    public Task<int> DeleteAsync(Guid crewCallId, IReadOnlyCollection<CrewRow> rows, CancellationToken cancellation)
    {
        Writes++;
        return Task.FromResult(Rows.RemoveAll(rows.Contains));
    }

    public Task<IReadOnlyList<OpenIntent>> BeginAsync(
        Guid crewCallId, IReadOnlyCollection<Guid> technicianIds, string resourceId, string instanceId, CancellationToken cancellation)
    {
        (Writes, Begun) = (Writes + 1, Begun + 1);
        OpenIntent[] open = [.. technicianIds.Where(Open.ContainsKey).Select(id => new OpenIntent(id, Open[id]))];
        foreach (var id in technicianIds) Open[id] = TimeSpan.Zero;
        return Task.FromResult<IReadOnlyList<OpenIntent>>(open);
    }

    public Task CompleteAsync(Guid crewCallId, IReadOnlyCollection<Guid> technicianIds, string lineItemId, CancellationToken cancellation)
    {
        foreach (var id in technicianIds)
        {
            Rows.RemoveAll(row => row.TechnicianId == id);
            Rows.Add(Make.Row(lastId, lineItemId, ++lastId + 100) with { TechnicianId = id });
        }
        return AbandonAsync(crewCallId, technicianIds, cancellation);
    }

    public Task AbandonAsync(Guid crewCallId, IReadOnlyCollection<Guid> technicianIds, CancellationToken cancellation)
    {
        Writes++;
        foreach (var id in technicianIds) Open.Remove(id);
        return Task.CompletedTask;
    }
}
