using System.Text.Json;
using FlexCrew.Database.Connection;

namespace FlexCrew.Tests.Infrastructure.Template;

/// <summary>The number of instances and what Flex takes of one customer fit each other, whatever an operator chooses.</summary>
public sealed class FlexLimitTests
{
    private const int FlexTakes = 30;

    public static TheoryData<string> ParameterFiles => CompilationTests.ParameterFiles;

    /// <summary>One instance, a few, and as many as Azure allows.</summary>
    [Fact]
    public void An_instance_gets_its_part_of_what_all_may_have()
    {
        var (asked, all) = (Default("maxConcurrentFlexRequests"), Default("flexRequestsAtOnce"));
        Assert.All(
            Prediction.All, prediction => Assert.Equal(Math.Max(1, Math.Min(asked, all / Instances(prediction))), Ceiling(prediction)));
        Assert.Equal(1, Ceiling(Prediction.Hyphenated));
        Assert.InRange(Ceiling(Prediction.Longest), 2, asked - 1);
        Assert.True(Ceiling(Prediction.Shortest) > Ceiling(Prediction.Longest));
    }

    [Theory, MemberData(nameof(ParameterFiles))]
    public void All_instances_together_leave_a_part_of_what_Flex_takes_to_others(string file)
    {
        var prediction = Prediction.OfParameterFile(file);
        Assert.InRange(Instances(prediction) * Ceiling(prediction), 12, FlexTakes - 6);
    }

    [Fact]
    public void The_budget_is_the_one_of_the_product()
    {
        var (defaults, set) = (new FlexCrewOptions(), Prediction.Shortest.AppSettings());
        Assert.Equal(
            (defaults.FlexHourlyBudget, defaults.FlexDailyBudget, defaults.FlexBudgetPercent),
            (Number("FlexCrew__FlexHourlyBudget"), Number("FlexCrew__FlexDailyBudget"), Number("FlexCrew__FlexBudgetPercent")));

        int Number(string name) => int.Parse(set[name]);
    }

    /// <summary>
    /// HTTP, Durable and each timer have instances of their own, and each instance has a pool. Supabase's smallest pooler takes 200
    /// clients.
    /// </summary>
    [Theory, MemberData(nameof(ParameterFiles))]
    public void The_pools_of_all_instances_together_fit_the_smallest_pooler(string file)
    {
        var pool = DatabaseConnection.Parse("postgres://ana:pw@db.example.com/jobs").MaxPoolSize;
        var groups = 2 + RepositoryFiles.Sources().Sum(source => source.Split("[TimerTrigger(").Length - 1);
        var scale = Scale(Prediction.OfParameterFile(file));
        var alwaysReady = scale.GetProperty("alwaysReady").EnumerateArray().Sum(part => part.GetProperty("instanceCount").GetInt32());

        Assert.Equal(7, groups);
        Assert.InRange((groups * scale.GetProperty("maximumInstanceCount").GetInt32() + alwaysReady) * pool, 1, 200 / 2);
    }

    private static int Ceiling(Prediction prediction) => int.Parse(prediction.AppSettings()["FlexCrew__MaxConcurrentFlexRequests"]);

    // The platform counts always-ready instances apart from the others.
    private static int Instances(Prediction prediction)
    {
        var scale = Scale(prediction);
        return scale.GetProperty("maximumInstanceCount").GetInt32() + scale.GetProperty("alwaysReady").EnumerateArray()
            .Where(part => part.GetProperty("name").GetString() == "durable").Sum(part => part.GetProperty("instanceCount").GetInt32());
    }

    private static JsonElement Scale(Prediction prediction) => prediction.Resources("Microsoft.Web/sites").Single()
        .GetProperty("properties").GetProperty("functionAppConfig").GetProperty("scaleAndConcurrency");

    private static int Default(string parameter) => CompiledTemplate.Parameter(parameter).GetProperty("defaultValue").GetInt32();
}
