using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlexSimulator;

/// <summary>What the command line asks for.</summary>
internal sealed class CommandLine
{
    public const string Help = """
        FlexSimulator: a stateful simulator of the crew-call part of the Flex API, with fault injection.

        Usage: FlexSimulator [options]
               dotnet run --project tools/FlexSimulator -- [options]

          --port <n>              loopback port; 0 takes a free one (default 5199)
          --token <text>          accept only this X-Auth-Token (default: accept every request)
          --crew-call <uuid>      create a crew call with this element id; can be repeated
          --demo                  fill the crew calls with sample lines; creates one when none is named
          --create-unknown        create an unknown crew call when it is first used, instead of 404
          --latency <ms>          how long each request takes (default 0)
          --jitter <ms>           up to so much more, by chance (default 0)
          --rate-limit <n>/<ms>   at most n requests in any window of so many milliseconds, else 429
          --max-concurrency <n>   at most n requests at once, else 503
          --behaviour <file>      JSON as for PATCH /_control/behaviour, applied at the start
          --seed <n>              seed of line ids, jitter and chance (default: a new one, printed)
          --verbose               print a line for each request
          --help                  print this

        The API is at http://127.0.0.1:<port>/f5/api, the control API at http://127.0.0.1:<port>/_control:
        state, faults, outages, behaviour, log and counts; see README.md. Ctrl-C ends it.
        """;

    public FlexSimulatorOptions Options { get; } = new() { Port = 5199 };

    public List<string> CrewCalls { get; } = [];

    public bool Demo { get; private set; }

    public bool Verbose { get; private set; }

    public bool AsksForHelp { get; private set; }

    /// <exception cref="FormatException">An option is unknown, or its value cannot be used.</exception>
    public static CommandLine Parse(string[] arguments)
    {
        var line = new CommandLine();
        var left = new Queue<string>(arguments);
        while (left.TryDequeue(out var option)) line.Take(option, left);
        return line;
    }

    private void Take(string option, Queue<string> left)
    {
        var behaviour = Options.Behaviour;
        switch (option)
        {
            case "--help" or "-h": AsksForHelp = true; break;
            case "--demo": Demo = true; break;
            case "--verbose": Verbose = true; break;
            case "--create-unknown": behaviour.UnknownCrewCall = UnknownCrewCall.Created; break;
            case "--port": Options.Port = Number(option, left, 65535); break;
            case "--seed": Options.Seed = Number(option, left); break;
            case "--token": behaviour.Token = Value(option, left); break;
            case "--crew-call": CrewCalls.Add(Id(option, left)); break;
            case "--latency": behaviour.Latency = TimeSpan.FromMilliseconds(Number(option, left)); break;
            case "--jitter": behaviour.Jitter = TimeSpan.FromMilliseconds(Number(option, left)); break;
            case "--max-concurrency": behaviour.MaxConcurrency = Number(option, left); break;
            case "--rate-limit": behaviour.RateLimit = Limit(option, left); break;
            case "--behaviour": Options.Behaviour = Patched(behaviour, Value(option, left)); break;
            default: throw new FormatException($"Unknown option: {option}");
        }
    }

    private static string Value(string option, Queue<string> left) =>
        left.TryDequeue(out var value) ? value : throw new FormatException($"{option} needs a value.");

    private static string Id(string option, Queue<string> left) =>
        Value(option, left) is var value && Guid.TryParse(value, out _) ? value : throw new FormatException($"{option} needs a UUID, not '{value}'.");

    private static int Number(string option, Queue<string> left, int most = int.MaxValue) => Number(option, Value(option, left), most);

    private static int Number(string option, string value, int most = int.MaxValue) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most
            ? number
            : throw new FormatException($"{option} cannot be '{value}'.");

    private static RateLimit Limit(string option, Queue<string> left)
    {
        var parts = Value(option, left).Split('/');
        if (parts.Length != 2) throw new FormatException($"{option} is written as 10/1000: 10 requests in 1000 ms.");
        return new RateLimit(Number(option, parts[0]), TimeSpan.FromMilliseconds(Number(option, parts[1])));
    }

    private static FlexBehaviour Patched(FlexBehaviour behaviour, string file)
    {
        try
        {
            return BehaviourPatch.Apply(behaviour, JsonNode.Parse(File.ReadAllText(file))!.AsObject());
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            throw new FormatException($"--behaviour {file} cannot be used: {wrong.Message}");
        }
    }
}
