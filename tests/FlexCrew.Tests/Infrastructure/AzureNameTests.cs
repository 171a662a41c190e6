using FlexCrew.Tests.Infrastructure.Bicep;

namespace FlexCrew.Tests.Infrastructure;

/// <summary>
/// Evaluates each name for the longest and the shortest parameters. The limits are those of Azure's naming rules
/// (https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules).
/// </summary>
public sealed class AzureNameTests
{
    private static readonly BicepFile Main = BicepFile.Load("main.bicep");

    /// <summary>Where the name is given, and the pattern it must match.</summary>
    public static TheoryData<string, string, string> Limits { get; } = new()
    {
        { "storage", "name", "^[a-z0-9]{3,24}$" },
        { "storage", "containerName", "^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$" },
        { "vault", "name", "^(?=.{3,24}$)(?!.*--)[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]$" },
        { "functionApp", "name", "^(?=.{2,60}$)[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]$" },
        { "functionApp", "planName", "^[A-Za-z0-9-]{1,60}$" },
        { "monitoring", "workspaceName", "^(?=.{4,63}$)[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]$" },
        { "monitoring", "insightsName", "^[A-Za-z0-9-_.()]{1,254}[A-Za-z0-9-_()]$" },
        { "scheduler", "name", "^[A-Za-z0-9-]{3,64}$" },
        { "scheduler", "taskHubName", "^[A-Za-z][A-Za-z0-9]{2,44}$" },
        { "alerts", "namePrefix", "^[A-Za-z0-9-]{1,200}$" },
        { "probe", "name", "^[A-Za-z0-9-]{1,260}$" },
    };

    [Theory, MemberData(nameof(Limits))]
    public void Names_are_within_the_limits_of_Azure(string module, string parameter, string pattern)
    {
        var expression = BicepObject.Single(BicepObject.Single(Main.Find("module", module).Body, "params"), parameter);
        foreach (var given in Extremes())
            Assert.Matches(pattern, new BicepExpression(Main, given).Evaluate(expression));
    }

    [Fact]
    public void The_name_of_the_identity_is_within_the_limits_of_Azure()
    {
        var expression = BicepObject.Single(Main.Find("resource", "identity").Body, "name");
        foreach (var given in Extremes())
            Assert.Matches("^[A-Za-z0-9][A-Za-z0-9-_]{2,127}$", new BicepExpression(Main, given).Evaluate(expression));
    }

    [Theory]
    [InlineData("storage")]
    [InlineData("vault")]
    public void Names_that_are_unique_worldwide_keep_the_whole_unique_part(string module)
    {
        var expression = BicepObject.Single(BicepObject.Single(Main.Find("module", module).Body, "params"), "name");
        foreach (var given in Extremes())
            Assert.EndsWith(BicepExpression.Unique, new BicepExpression(Main, given).Evaluate(expression));
    }

    [Fact]
    public void The_deployed_names_of_alerts_fit_and_differ()
    {
        var keys = BicepObject.Properties(BicepFile.Load("modules/alerts.bicep").Tokens)
            .Where(property => property.Key == "key").Select(property => property.Value.Single().Text).ToList();
        Assert.Equal(keys.Count, keys.Distinct().Count());
        Assert.All(keys, key => Assert.InRange(key.Length, 1, 60));
    }

    private static IEnumerable<Dictionary<string, string>> Extremes()
    {
        var (shortest, longest) = (Length("name", "minLength"), Length("name", "maxLength"));
        var (brief, wordy) = (Length("environmentName", "minLength"), Length("environmentName", "maxLength"));
        yield return new() { ["name"] = new string('a', shortest), ["environmentName"] = new string('b', brief) };
        yield return new() { ["name"] = new string('A', longest), ["environmentName"] = new string('b', wordy) };
        yield return new() { ["name"] = "a-1-b-2-c-3-d-4-e-5-f-6-g"[..(longest - 1)] + "z", ["environmentName"] = new string('9', wordy) };
    }

    private static int Length(string parameter, string decorator) =>
        int.Parse(Main.Find("param", parameter).Decorators.SkipWhile(token => !token.IsWord(decorator)).ElementAt(2).Text);
}
