using System.Text;
using System.Text.Json.Nodes;
using FlexCrew.Contract;
using FlexCrew.Tests;
using FlexCrewFunctions.Activities;
using FlexCrewFunctions.Leases;
using FlexCrewFunctions.Orchestrations;
using FlexCrewFunctions.Tests.Orchestrations;

namespace FlexCrewFunctions.Tests;

/// <summary>What the host and the portal see of the app: the list that the build writes.</summary>
public class FunctionListTests
{
    [Fact]
    public void The_functions_with_their_triggers_routes_methods_and_keys_are_on_record()
    {
        var list = new StringBuilder();
        foreach (var function in Functions().OrderBy(function => function["name"]!.GetValue<string>(), StringComparer.Ordinal))
        {
            list.Append($"{function["name"]}\n");
            foreach (var binding in function["bindings"]!.AsArray().Where(binding => binding!["type"]!.GetValue<string>() != "http"))
                list.Append($"  {Describe(binding!.AsObject())}\n");
        }
        Snapshot.AssertIs("tests/FlexCrewFunctions.Tests/functions.snapshot.txt", list.ToString());
    }

    [Fact]
    public void No_route_needs_a_key_and_none_lies_under_another_prefix()
    {
        var triggers = Functions().SelectMany(function => function["bindings"]!.AsArray())
            .Where(binding => binding!["type"]!.GetValue<string>() == "httpTrigger").ToList();

        Assert.Equal(14, triggers.Count);
        Assert.All(triggers, trigger => Assert.Equal("Anonymous", trigger!["authLevel"]!.GetValue<string>()));
        var host = JsonNode.Parse(File.ReadAllText(RepositoryFiles.PathOf("host.json")))!;
        Assert.Equal("functions/v1", host["extensions"]!["http"]!["routePrefix"]!.GetValue<string>());
    }

    [Fact]
    public void Every_orchestration_activity_and_entity_that_is_called_exists()
    {
        var names = Functions().Select(function => function["name"]!.GetValue<string>()).ToHashSet();

        Assert.Superset(
            new HashSet<string>(Sound.StepNames)
            {
                SyncJobRequest.OrchestrationName,
                SyncCrewCallOrchestration.Name,
                HolderStateActivity.Name,
                CrewLease.Name,
            },
            names);
    }

    private static IEnumerable<JsonNode> Functions()
    {
        var output = Path.GetRelativePath(RepositoryFiles.PathOf("tests/FlexCrewFunctions.Tests"), AppContext.BaseDirectory);
        var path = Path.Combine(RepositoryFiles.PathOf("src/FlexCrewFunctions"), output, "functions.metadata");
        return JsonNode.Parse(File.ReadAllText(path))!.AsArray().Select(function => function!);
    }

    private static string Describe(JsonObject binding)
    {
        var settings = binding.Where(pair => pair.Key is not ("name" or "direction" or "type" or "properties"))
            .Select(pair => $"{pair.Key}={Text(pair.Value)}");
        return string.Join(' ', [binding["type"]!.GetValue<string>(), .. settings]);
    }

    private static string Text(JsonNode? value) =>
        value is JsonArray many ? string.Join(',', many.Select(one => one!.ToString())) : value?.ToString() ?? "";
}
