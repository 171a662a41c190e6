using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlexSimulator;

/// <summary>The command line: its options, and what the simulator becomes by them.</summary>
internal sealed class CommandLine
{
    private static readonly Option<int> Port = Number("--port", "n", "Loopback port; 0 takes a free one.", 5199, most: 65535);
    private static readonly Option<string> Token = new("--token")
    { HelpName = "text", Description = "Accept only this X-Auth-Token; without it every request is accepted." };
    private static readonly Option<string[]> CrewCall = new("--crew-call")
    { HelpName = "uuid", Description = "Create a crew call with this element id; can be repeated." };
    private static readonly Option<bool> Demo = new("--demo")
    { Description = "Fill the crew calls with sample lines; creates one when none is named." };
    private static readonly Option<bool> CreateUnknown = new("--create-unknown")
    { Description = "Create an unknown crew call when it is first used, instead of 404." };
    private static readonly Option<int> Latency = Number("--latency", "ms", "How long each request takes.", 0);
    private static readonly Option<int> Jitter = Number("--jitter", "ms", "Up to so much more, by chance.", 0);
    private static readonly Option<RateLimit?> Rate = new("--rate-limit")
    { HelpName = "n/ms", Description = "At most n requests in any window of so many milliseconds, else 429.", CustomParser = Limit };
    private static readonly Option<int?> MaxConcurrency = new("--max-concurrency")
    { HelpName = "n", Description = "At most n requests at once, else 503." };
    private static readonly Option<FileInfo> Behaviour = new("--behaviour")
    { HelpName = "file", Description = "JSON as for PATCH /_control/behaviour, applied at the start, over the other options." };
    private static readonly Option<int?> Seed = new("--seed")
    { HelpName = "n", Description = "Seed of line ids, jitter and chance; without it a new one, which is printed." };
    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Print a line for each request." };

    private readonly ParseResult result;

    private CommandLine(ParseResult result) => this.result = result;

    /// <summary>The ids as they were written, each once.</summary>
    public IEnumerable<string> CrewCalls => (result.GetValue(CrewCall) ?? []).Distinct(StringComparer.OrdinalIgnoreCase);

    public bool IsDemo => result.GetValue(Demo);

    public bool IsVerbose => result.GetValue(Verbose);

    /// <summary>The command; <paramref name="run"/> is what it does, and answers with the exit status.</summary>
    public static RootCommand Command(Func<CommandLine, Task<int>> run)
    {
        var command = new RootCommand("""
            A stateful simulator of the crew-call part of the Flex API, with fault injection.

            The API is at http://127.0.0.1:<port>/f5/api, the control API at http://127.0.0.1:<port>/_control:
            state, faults, outages, behaviour, log and counts; see README.md. Ctrl-C ends it.
            """);
        foreach (var option in new Option[] { Port, Token, CrewCall, Demo, CreateUnknown, Latency, Jitter, Rate, MaxConcurrency, Behaviour,
            Seed, Verbose })
            command.Options.Add(option);
        CrewCall.Validators.Add(Ids);
        MaxConcurrency.Validators.Add(NotNegative);
        Seed.Validators.Add(NotNegative);
        command.SetAction((result, _) => run(new CommandLine(result)));
        return command;
    }

    /// <exception cref="FormatException">The file of <c>--behaviour</c> cannot be used.</exception>
    public FlexSimulatorOptions Options()
    {
        var options = new FlexSimulatorOptions { Port = result.GetValue(Port) };
        if (result.GetValue(Seed) is { } seed) options.Seed = seed;
        var behaviour = options.Behaviour;
        if (result.GetValue(CreateUnknown)) behaviour.UnknownCrewCall = UnknownCrewCall.Created;
        if (result.GetValue(Token) is { } token) behaviour.Token = token;
        behaviour.Latency = TimeSpan.FromMilliseconds(result.GetValue(Latency));
        behaviour.Jitter = TimeSpan.FromMilliseconds(result.GetValue(Jitter));
        if (result.GetValue(MaxConcurrency) is { } most) behaviour.MaxConcurrency = most;
        if (result.GetValue(Rate) is { } limit) behaviour.RateLimit = limit;
        if (result.GetValue(Behaviour) is { } file) options.Behaviour = Patched(behaviour, file);
        return options;
    }

    private static Option<int> Number(string name, string helpName, string description, int usual, int most = int.MaxValue)
    {
        var option = new Option<int>(name) { HelpName = helpName, Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(NotNegative);
        option.Validators.Add(found =>
        {
            if (found.Tokens is [{ Value: var text }] && int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number > most)
                found.AddError($"{name} can be {most} at most.");
        });
        return option;
    }

    private static void NotNegative(OptionResult found)
    {
        if (found.Tokens is [{ Value: ['-', ..] }]) found.AddError($"{found.Option.Name} cannot be negative.");
    }

    private static void Ids(OptionResult found)
    {
        foreach (var wrong in found.Tokens.Where(token => !Guid.TryParse(token.Value, out _)))
            found.AddError($"{found.Option.Name} needs a UUID, not '{wrong.Value}'.");
    }

    private static RateLimit? Limit(ArgumentResult found)
    {
        var parts = found.Tokens.Single().Value.Split('/');
        if (parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var requests)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var window))
            return new RateLimit(requests, TimeSpan.FromMilliseconds(window));
        found.AddError("--rate-limit is written as 10/1000: 10 requests in 1000 ms.");
        return null;
    }

    private static FlexBehaviour Patched(FlexBehaviour behaviour, FileInfo file)
    {
        try
        {
            return BehaviourPatch.Apply(behaviour, JsonNode.Parse(File.ReadAllText(file.FullName))!.AsObject());
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            throw new FormatException($"--behaviour {file} cannot be used: {wrong.Message}");
        }
    }
}
