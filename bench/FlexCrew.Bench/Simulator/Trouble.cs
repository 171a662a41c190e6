using System.Text.Json.Nodes;

namespace FlexCrew.Bench.Simulator;

/// <summary>What is wrong with Flex while somebody clicks.</summary>
/// <param name="Name">As the command line calls it.</param>
/// <param name="Title">As the report calls it.</param>
/// <param name="Behaviour">What it changes in the simulator's behaviour.</param>
/// <param name="Faults">The simulator's fault rules.</param>
internal sealed record Trouble(string Name, string Title, JsonObject Behaviour, JsonArray Faults)
{
    public static Trouble None { get; } = new("none", "no trouble", [], []);

    /// <summary>
    /// Each of five faults hits one request of a hundred; those that come after a write was carried out lose only its answer.
    /// </summary>
    private static Trouble OneInTwenty { get; } = new("faults", "one request in twenty fails", [],
    [
        Fault("""{ "kind": "status", "status": 503 }"""),
        Fault("""{ "kind": "status", "status": 500 }"""),
        Fault("""{ "kind": "reset" }"""),
        Fault("""{ "kind": "reset", "commit": "first" }"""),
        Fault("""{ "kind": "truncated-body", "commit": "first" }"""),
    ]);

    private static Trouble RateLimited { get; } = new(
        "rate-limited", "at most 20 requests a second, else 429 with Retry-After",
        Parse("""{ "rateLimit": { "requests": 20, "window": 1000, "retryAfter": "seconds" } }"""), []);

    private static Trouble AtMostThirty { get; } = new(
        "at-most-30", "at most 30 requests at once, else 429", Parse("""{ "maxConcurrency": 30, "overloadStatus": 429 }"""), []);

    private static Trouble RoomForTen { get; } = new(
        "room-for-ten", "others leave room for ten of the 30 at once, else 429",
        Parse("""{ "maxConcurrency": 10, "overloadStatus": 429 }"""), []);

    public static IReadOnlyList<Trouble> All { get; } = [None, OneInTwenty, RateLimited, AtMostThirty, RoomForTen];

    public static Trouble Named(string name) => All.Single(trouble => trouble.Name == name);

    /// <summary>A limit counts over a window: a run that begins with an empty one does not pay for the run before it.</summary>
    public TimeSpan Pause => this == RateLimited ? TimeSpan.FromSeconds(1) : TimeSpan.Zero;

    private static JsonObject Fault(string fault) => new() { ["probability"] = 0.01, ["fault"] = Parse(fault) };

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
