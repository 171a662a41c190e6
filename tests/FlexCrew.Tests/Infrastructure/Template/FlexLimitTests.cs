using System.Globalization;

namespace FlexCrew.Tests.Infrastructure.Template;

/// <summary>The number of instances and what Flex takes of one customer fit each other, whatever an operator chooses.</summary>
public sealed class FlexLimitTests
{
    private const int FlexTakes = 30;

    [Fact]
    public void All_instances_together_leave_a_part_of_what_Flex_takes_to_others()
    {
        var instances = Default("durableAlwaysReady") + Default("maximumInstanceCount");
        Assert.All(Prediction.All, predicted =>
        {
            var ceiling = int.Parse(predicted.AppSettings()["FlexCrew__MaxConcurrentFlexRequests"], CultureInfo.InvariantCulture);
            Assert.InRange(instances * ceiling, 12, FlexTakes - 6);
        });
    }

    [Fact]
    public void The_budget_is_the_one_of_the_product()
    {
        var budget = CompiledTemplate.Parameter("budget").GetProperty("defaultValue");
        var defaults = new FlexCrewOptions();
        Assert.Equal(
            (defaults.FlexHourlyBudget, defaults.FlexDailyBudget, defaults.FlexBudgetPercent),
            (budget.GetProperty("perHour").GetInt32(), budget.GetProperty("perDay").GetInt32(), budget.GetProperty("percent").GetInt32()));
    }

    private static int Default(string parameter) => CompiledTemplate.Parameter(parameter).GetProperty("defaultValue").GetInt32();
}
