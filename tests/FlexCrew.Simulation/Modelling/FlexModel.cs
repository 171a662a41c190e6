using FlexCrew.Simulation.Running;

namespace FlexCrew.Simulation.Modelling;

/// <summary>A contact of a crew call in Flex.</summary>
internal sealed class Line(string id, string resource, DateTimeOffset since, FlexWrite? madeBy)
{
    public string Id { get; } = id;

    public string Resource { get; } = resource;

    public DateTimeOffset Since { get; } = since;

    /// <summary>The request that made it; null when somebody placed it by hand.</summary>
    public FlexWrite? MadeBy { get; } = madeBy;

    public string Role { get; set; } = "";

    /// <summary>When somebody set the role by hand; null when nobody did.</summary>
    public DateTimeOffset? RoleByHand { get; set; }
}

/// <summary>Crew calls in Flex: additive adds, as the real one.</summary>
internal sealed class FlexModel
{
    private readonly Dictionary<string, List<Line>> elements = [];
    private readonly List<(string Element, Line Line, DateTimeOffset Until)> gone = [];
    private int lastId;

    public int Commits { get; private set; }

    public List<Line> Of(string element)
    {
        if (!elements.TryGetValue(element, out var lines)) elements[element] = lines = [];
        return lines;
    }

    public Line Add(string element, string resource, DateTimeOffset now, FlexWrite? by)
    {
        Commits++;
        var line = new Line($"line-{++lastId}", resource, now, by);
        Of(element).Add(line);
        return line;
    }

    public (string Element, Line Line)? Find(string id)
    {
        foreach (var (element, lines) in elements)
            foreach (var line in lines)
                if (line.Id == id) return (element, line);
        return null;
    }

    /// <summary>All contacts that the crew call has, and those that it had.</summary>
    public IEnumerable<Line> EverOf(string element) =>
        Of(element).Concat(gone.Where(line => line.Element == element).Select(line => line.Line));

    /// <summary>Whether the crew call had a contact of the resource at any moment since.</summary>
    public bool WasThere(string element, string resource, DateTimeOffset since) =>
        Of(element).Exists(line => line.Resource == resource)
        || gone.Exists(line => line.Element == element && line.Line.Resource == resource && line.Until >= since);

    public void Remove(string element, Line line, DateTimeOffset now)
    {
        Commits++;
        gone.Add((element, line, now));
        Of(element).Remove(line);
    }

    public void SetRole(Line line, string role)
    {
        Commits++;
        line.Role = role;
    }
}

/// <summary>A write on its way to Flex.</summary>
/// <param name="By">The step that sent it.</param>
/// <param name="Name">Its name, unique in the scenario.</param>
/// <param name="SentAt">When it was sent.</param>
/// <param name="Evidence">The moment of the newest listing that its sender has acted on.</param>
/// <param name="Misled">Whether that listing was empty although the crew call was not.</param>
internal sealed record FlexWrite(StepExecution By, string Name, DateTimeOffset SentAt, DateTimeOffset Evidence, bool Misled)
{
    /// <summary>The longest that a client waits for an answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>The line items that it deletes.</summary>
    public IReadOnlyCollection<string> LineItemIds { get; init; } = [];

    /// <summary>When its guard was asked: the tables were read at that time or later.</summary>
    public DateTimeOffset GuardedAt { get; init; }

    public DateTimeOffset? AnsweredAt { get; set; }

    public DateTimeOffset? CommittedAt { get; set; }

    /// <summary>Committed when whoever sent it had stopped waiting, or would have, had it lived.</summary>
    public bool IsLate => CommittedAt is { } committed && (committed > AnsweredAt || committed - SentAt > Patience);
}
