using System.CommandLine;
using FlexCrew.Bench;
using FlexCrew.Bench.Schedule;
using FlexCrew.Bench.Simulator;
using FlexCrew.Bench.Worlds;

var worlds = new Option<string[]>("--world")
{
    Description = "a world to measure; can be repeated",
    AllowMultipleArgumentsPerToken = true,
};
worlds.AcceptOnlyFromAmong([.. Scenario.All.Select(scenario => scenario.Name)]);
var latencies = new Option<int[]>("--latency")
{
    Description = "milliseconds that Flex takes; can be repeated",
    AllowMultipleArgumentsPerToken = true,
};
var troubles = new Option<string[]>("--trouble")
{
    Description = "what is wrong with Flex; can be repeated",
    AllowMultipleArgumentsPerToken = true,
};
troubles.AcceptOnlyFromAmong([.. Trouble.All.Select(trouble => trouble.Name)]);
var hosts = new Option<string[]>("--host")
{
    Description = "localhost or functions; can be repeated (default: localhost, and functions where func is on the PATH)",
};
hosts.AcceptOnlyFromAmong("localhost", "functions");
var rounds = new Option<int>("--rounds")
{
    Description = "rounds of each contest; one that takes long has three",
    DefaultValueFactory = _ => 5,
};
var quick = new Option<bool>("--quick") { Description = "a minute's worth, in three rounds" };
var output = new Option<string?>("--output")
{
    Description = "directory of benchmarks.md and benchmarks.svg (default: docs for the whole table, else .local/bench)",
};

var command = new RootCommand(
    "Compares FlexCrew with a sequential client and with the ideal, in turn, on one simulated Flex and one PostgreSQL.")
{
    worlds, latencies, troubles, hosts, rounds, quick, output,
};
command.SetAction(async asked =>
{
    var named = Selection.Of(asked.GetValue(worlds) ?? [], asked.GetValue(latencies) ?? [], asked.GetValue(troubles) ?? []);
    var isNamed = asked.GetResult(worlds) is not null || asked.GetResult(latencies) is not null || asked.GetResult(troubles) is not null;
    var isQuick = asked.GetValue(quick);
    var contests = isNamed ? named : isQuick ? Selection.Quick : Selection.Whole;
    var results = await Benchmark.RunAsync(Surroundings.Look(), contests, isQuick ? 3 : asked.GetValue(rounds), Console.Out);
    var directory = asked.GetValue(output) ?? (isNamed || isQuick ? Path.Combine(".local", "bench") : "docs");
    Benchmark.Write(results, directory);
    Console.WriteLine($"Written: {Path.Combine(directory, "benchmarks.md")} and its picture");
});
return await command.Parse(args).InvokeAsync();
