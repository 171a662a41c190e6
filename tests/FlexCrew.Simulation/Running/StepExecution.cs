using FlexCrew.Database;
using FlexCrew.Planning;
using FlexCrew.Simulation.Modelling;
using FlexCrew.Simulation.Scheduling;

namespace FlexCrew.Simulation.Running;

/// <summary>A department's run of a sync.</summary>
internal sealed class SimRun(string holder, Key key, bool prunes, Strand strand, PersonCommand? person = null)
{
    private readonly Dictionary<string, int> calls = [];

    public string Holder { get; } = holder;

    public Key Key { get; } = key;

    public bool Prunes { get; } = prunes;

    /// <summary>The one person whom it is about; null for a sync.</summary>
    public PersonCommand? Person { get; } = person;

    /// <summary>The resource of that person when it read the crew call.</summary>
    public string? PersonResource { get; private set; }

    /// <summary>The rows of that person when it read the crew call.</summary>
    public IReadOnlyList<CrewRow> PersonRows { get; private set; } = [];

    /// <summary>It has read the profile and the rows of its person.</summary>
    public void FoundPerson(string? resource, IEnumerable<CrewRow> rows) => (PersonResource, PersonRows) = (resource, [.. rows]);

    /// <summary>Whether it may delete contacts that the table does not map: not where another crew call has the same element.</summary>
    public bool MayPrune { get; private set; } = prunes;

    public Strand Strand { get; } = strand;

    /// <summary>The element that it writes to; null while it has found none.</summary>
    public string? Element { get; private set; }

    /// <summary>When it read the crew call and who should be on it.</summary>
    public DateTimeOffset ResolvedAt { get; private set; }

    /// <summary>The rows as they were then.</summary>
    public IReadOnlyList<CrewRow> RowsAtFirst { get; set; } = [];

    /// <summary>It found its crew call.</summary>
    public void Found(string element, bool isShared, DateTimeOffset now) =>
        (Element, ResolvedAt, MayPrune) = (element, now, Prunes && !isShared);

    /// <summary>When it listed the contacts that it compared with.</summary>
    public DateTimeOffset ListedAt { get; set; }

    /// <summary>
    /// When it listed them first, roles included; another listing may have followed, to confirm that somebody is missing.
    /// </summary>
    public DateTimeOffset FirstListedAt { get; set; }

    /// <summary>Whether that listing was empty although the crew call was not.</summary>
    public bool Misled { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>When it knew its answer: it is recorded after that, and again and again where the database is away.</summary>
    public DateTimeOffset? SettledAt { get; set; }

    public bool HasEnded => EndedAt is not null;

    /// <summary>Whether it was granted the lease, and has begun its first step.</summary>
    public bool HasBegun => calls.Count > 0;

    public int Next(string what) => calls[what] = calls.GetValueOrDefault(what) + 1;
}

/// <summary>One delivery of a step to a worker.</summary>
internal sealed class StepExecution(SimRun run, string step, string name, Strand strand, bool isLate)
{
    private readonly TaskCompletionSource killed = new();
    private int operations;

    public SimRun Run { get; } = run;

    public string Step { get; } = step;

    public string Name { get; } = name;

    public Strand Strand { get; } = strand;

    /// <summary>Delivered when the run had its result already.</summary>
    public bool IsLate { get; } = isLate;

    public bool HasWritten { get; set; }

    /// <summary>When a listing told it of the business roles: only one endpoint does.</summary>
    public DateTimeOffset? RolesListedAt { get; set; }

    public DateTimeOffset? ListedAt { get; set; }

    /// <summary>When its guard last read the tables.</summary>
    public DateTimeOffset GuardedAt { get; set; }

    public bool Misled { get; set; }

    public bool HasEnded { get; set; }

    public Task Killed => killed.Task;

    public bool WasKilled => killed.Task.IsCompleted;

    public void Kill()
    {
        if (HasEnded) return;
        Strand.Kill();
        killed.TrySetResult();
    }

    public string NextOperation(string what) => $"{Name}/{what}{++operations}";
}
