namespace FlexCrew.Simulation.Scenarios;

/// <summary>What becomes of a write to Flex.</summary>
internal enum WriteFate
{
    Done,
    Refused,
    Unavailable,
    TokenRefused,
    LostBefore,
    LostAfter,
    HangsAndIsDone,
    CommitsLate,
    DoneWithoutId,
}

/// <summary>What becomes of a listing.</summary>
internal enum ListFate
{
    Shown,
    Unavailable,
    Hangs,
    LoginPage,
    Unreadable,
    Empty,
}

/// <summary>What becomes of a statement in the database.</summary>
internal enum QueryFate
{
    Done,
    ErrorBefore,
    ErrorAfter,
}

/// <summary>What becomes of a step.</summary>
internal enum StepFate
{
    Once,
    DiesMidway,
    RunTwice,
    RunAgainLater,
}

/// <summary>Decides what goes wrong, by name; remembers what did.</summary>
internal sealed class Faults(Dice dice, double level, IReadOnlySet<string>? only)
{
    private static readonly WriteFate[] Writes = [.. Enum.GetValues<WriteFate>().Skip(1)];
    private static readonly ListFate[] Lists = [.. Enum.GetValues<ListFate>().Skip(1)];
    private static readonly QueryFate[] Queries = [.. Enum.GetValues<QueryFate>().Skip(1)];
    private static readonly StepFate[] Steps = [.. Enum.GetValues<StepFate>().Skip(1)];

    /// <summary>From now on nothing goes wrong.</summary>
    public bool AreOver { get; set; }

    /// <summary>The names of what went wrong.</summary>
    public List<string> Happened { get; } = [];

    public WriteFate OfWrite(string name) => Of(name, level, WriteFate.Done, Writes);

    public ListFate OfListing(string name) => Of(name, level, ListFate.Shown, Lists);

    public QueryFate OfQuery(string name) => Of(name, level / 3, QueryFate.Done, Queries);

    public StepFate OfStep(string name) => Of(name, level, StepFate.Once, Steps);

    private T Of<T>(string name, double chance, T normal, T[] kinds)
    {
        if (AreOver || dice.Of(name) >= chance || only?.Contains(name) == false) return normal;
        Happened.Add(name);
        return dice.OneOf<T>(name + "?", kinds);
    }
}
