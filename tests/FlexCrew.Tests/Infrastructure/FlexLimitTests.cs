using FlexCrew.Tests.Infrastructure.Bicep;

namespace FlexCrew.Tests.Infrastructure;

/// <summary>The number of instances and what Flex takes of one customer fit each other, whatever an operator chooses.</summary>
public sealed class FlexLimitTests
{
    private const int FlexTakes = 30;

    private static readonly BicepFile Main = BicepFile.Load("main.bicep");

    public static TheoryData<string> ParameterFiles { get; } = [.. BicepFile.Names("*.bicepparam")];

    [Fact]
    public void An_instance_gets_its_part_of_what_all_may_have()
    {
        var ceiling = BicepFile.Load("modules/settings.bicep").Find("func", "flexCeiling");
        Assert.EndsWith("=> max ( 1 , min ( asked , all / ( alwaysReady + others ) ) )", Words(ceiling.Body));
        Assert.Contains(
            "maxConcurrentFlexRequests : flexCeiling ( maxConcurrentFlexRequests , flexRequestsAtOnce , durableAlwaysReady , maximumInstanceCount )",
            Words(Main.Find("module", "functionApp").Body));
    }

    [Theory, MemberData(nameof(ParameterFiles))]
    public void All_instances_together_leave_a_part_of_what_Flex_takes_to_others(string file)
    {
        var given = BicepFile.Load(file);
        var instances = Number(given, "durableAlwaysReady") + Number(given, "maximumInstanceCount");
        var ceiling = Math.Max(1, Math.Min(Number(given, "maxConcurrentFlexRequests"), Number(given, "flexRequestsAtOnce") / instances));
        Assert.InRange(instances * ceiling, 12, FlexTakes - 6);
    }

    [Fact]
    public void The_budget_is_the_one_of_the_product()
    {
        var budget = BicepObject.Properties(Main.Find("param", "budget").Value).ToDictionary(property => property.Key, property => int.Parse(property.Value.Single().Text));
        var defaults = new FlexCrewOptions();
        Assert.Equal(
            (defaults.FlexHourlyBudget, defaults.FlexDailyBudget, defaults.FlexBudgetPercent),
            (budget["perHour"], budget["perDay"], budget["percent"]));
    }

    private static int Number(BicepFile given, string parameter) => int.Parse(
        (given.Of("param").SingleOrDefault(p => p.Name == parameter) ?? Main.Find("param", parameter)).Value.Single().Text);

    private static string Words(IEnumerable<BicepToken> tokens) => string.Join(' ', tokens.Where(token => token.Text.Trim().Length > 0).Select(token => token.Text));
}
