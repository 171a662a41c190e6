using System.Text.Json;
using System.Text.RegularExpressions;
using FlexCrew.Drift;
using Microsoft.Extensions.Configuration;

namespace FlexCrew.Tests.Infrastructure.Template;

public sealed partial class AppSettingTests
{
    private static readonly IReadOnlyDictionary<string, string> Set = Prediction.Longest.AppSettings();

    /// <summary>Read by the product, but a fallback for another name that is set.</summary>
    private static readonly string[] Fallbacks = ["FLEX_X_AUTH_TOKEN"];

    [Fact]
    public void Every_setting_that_the_product_reads_is_set()
    {
        var read = RepositoryFiles.Sources().SelectMany(source => SettingName().Matches(source)).Select(match => match.Groups[1].Value)
            .ToHashSet();
        string[] known = ["SUPABASE_DB_URL", "SUPABASE_URL", "SUPABASE_JWT_SECRET", "X_AUTH_TOKEN", "FLEX_API_BASE_URL"];
        Assert.Empty(read.Concat(known).Except(Fallbacks).Except(Set.Keys));
    }

    [Theory]
    [InlineData("AzureWebJobsStorage__accountName")]
    [InlineData("AzureWebJobsStorage__credential")]
    [InlineData("AzureWebJobsStorage__clientId")]
    [InlineData("AZURE_CLIENT_ID")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING")]
    [InlineData("APPLICATIONINSIGHTS_AUTHENTICATION_STRING")]
    [InlineData("AzureFunctionsJobHost__extensions__durableTask__hubName")]
    [InlineData("AzureFunctionsJobHost__extensions__durableTask__storageProvider__type")]
    [InlineData("AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName")]
    [InlineData("DURABLE_TASK_SCHEDULER_CONNECTION_STRING")]
    public void Every_setting_that_the_host_reads_is_set(string name) => Assert.Contains(name, Set.Keys);

    [Fact]
    public void The_host_shows_no_page_of_its_own() =>
        Assert.All(Prediction.All, prediction => Assert.Equal("true", prediction.AppSettings()["AzureWebJobsDisableHomepage"]));

    [Fact]
    public void Sessions_are_checked_where_the_template_is_given_the_key_for_it()
    {
        var (with, without) = (Prediction.Longest.AppSettings(), Prediction.Shortest.AppSettings());
        Assert.Equal(("True", "anon"), (with["FlexCrew__CheckSessions"], with["SUPABASE_ANON_KEY"]));
        Assert.Equal("False", without["FlexCrew__CheckSessions"]);
        Assert.DoesNotContain("SUPABASE_ANON_KEY", without.Keys);
    }

    /// <summary>Without a version, so that the app reads the newest one; such a reference ends in a slash.</summary>
    [Theory]
    [InlineData("X_AUTH_TOKEN", "flex-token")]
    [InlineData("SUPABASE_JWT_SECRET", "supabase-jwt-secret")]
    [InlineData("SUPABASE_DB_URL", "supabase-db-url")]
    public void Secrets_are_references_to_the_vault_that_name_no_version_and_end_in_a_slash(string name, string secret)
    {
        Assert.StartsWith("[format('@Microsoft.KeyVault(SecretUri={0})', format('{0}secrets/{1}/', reference(", Set[name],
            StringComparison.Ordinal);
        Assert.EndsWith($".vaultUri, '{secret}'))]", Set[name], StringComparison.Ordinal);
    }

    [Fact]
    public void The_storage_has_no_connection_string() =>
        Assert.DoesNotContain(Set.Keys, name => name is "AzureWebJobsStorage" or "DEPLOYMENT_STORAGE_CONNECTION_STRING");

    [Fact]
    public void Every_timer_has_its_schedule_the_same_as_in_the_sample()
    {
        var timers = RepositoryFiles.Sources().SelectMany(source => Schedule().Matches(source)).Select(match => match.Groups[1].Value)
            .Distinct().Order().ToList();
        var set = Set.Where(setting =>
            setting.Key.EndsWith("Schedule", StringComparison.Ordinal) && !setting.Key.Contains("__", StringComparison.Ordinal)).ToList();
        var sample = JsonDocument.Parse(RepositoryFiles.Text("local.settings.sample.json")).RootElement.GetProperty("Values");

        Assert.Equal(4, timers.Count);
        Assert.Equal(timers, set.Select(schedule => schedule.Key).Order());
        Assert.All(set, schedule => Assert.Equal(sample.GetProperty(schedule.Key).GetString(), schedule.Value));
        Assert.All(set, schedule => Assert.Equal(6, schedule.Value.Split(' ').Length));
    }

    [Fact]
    public void Tuning_is_called_what_the_product_calls_it()
    {
        var names = Set.Keys.Select(name => Tuning().Match(name)).Where(match => match.Success).Select(match => match.Groups[1].Value)
            .ToHashSet();
        Assert.Contains("LeaseTimeout", names);
        Assert.Contains("BusinessRoles", names);
        Assert.Subset(typeof(FlexCrewOptions).GetProperties().Select(property => property.Name).ToHashSet(), names);
    }

    [Fact]
    public void Parameters_have_the_defaults_of_the_product()
    {
        var defaults = new FlexCrewOptions();
        Assert.Equal(defaults.MaxConcurrentFlexRequests, Default("maxConcurrentFlexRequests"));
        Assert.Equal(defaults.WaitForResult.TotalSeconds, Default("waitForResultSeconds"));
        Assert.Equal(defaults.LeaseTimeout.TotalSeconds, Default("leaseTimeoutSeconds"));
        Assert.Equal(defaults.RunDeadline.TotalSeconds, Default("runDeadlineSeconds"));
    }

    /// <summary>The settings are the parameters in the words of the product: seconds as a time span, numbers as text.</summary>
    [Fact]
    public void Settings_of_a_deployment_without_options_are_the_defaults_of_the_product()
    {
        var (defaults, set) = (new FlexCrewOptions(), Prediction.Shortest.AppSettings());
        Assert.Equal(defaults.WaitForResult, TimeSpan.Parse(set["FlexCrew__WaitForResult"]));
        Assert.Equal(defaults.LeaseTimeout, TimeSpan.Parse(set["FlexCrew__LeaseTimeout"]));
        Assert.Equal(defaults.RunDeadline, TimeSpan.Parse(set["FlexCrew__RunDeadline"]));
    }

    [Fact]
    public void The_drift_check_is_off_until_somebody_switches_it_on_and_then_as_they_say()
    {
        var (defaults, given) = (new FlexCrewOptions().Drift, Bound(Prediction.Longest));

        Assert.False(defaults.Enabled);
        Assert.Equivalent(defaults, Bound(Prediction.Shortest), strict: true);
        Assert.Equal((true, 3, false, true), (given.Enabled, given.Days, given.PruneOrphans, given.Heal));

        static DriftOptions Bound(Prediction prediction) => new ConfigurationBuilder()
            .AddInMemoryCollection(prediction.AppSettings().Where(setting => setting.Key.StartsWith("FlexCrew__", StringComparison.Ordinal))
                .ToDictionary(setting => setting.Key.Replace("__", ":", StringComparison.Ordinal), setting => (string?)setting.Value))
            .Build().GetSection(FlexCrewOptions.Section).Get<FlexCrewOptions>()!.Drift;
    }

    /// <summary>
    /// A live holder keeps its lease up to its deadline and the margin of a dead one; a sweep later it is seen to be gone.
    /// </summary>
    [Fact]
    public void The_age_of_a_lease_wakes_nobody_while_it_may_rightly_be_held()
    {
        var patience = Default("runDeadlineSeconds") + Default("leaseTimeoutSeconds") / 2 + Default("leaseSweepSeconds");
        var rule = Prediction.Shortest.Resources("Microsoft.Insights/scheduledQueryRules")
            .Single(rule => rule.GetProperty("name").GetString()!.EndsWith("-lease-age", StringComparison.Ordinal));
        var query = rule.GetProperty("properties").GetProperty("criteria").GetProperty("allOf")[0].GetProperty("query").GetString()!;

        Assert.Contains($"coalesce(age, 0.0) > {patience} ", query, StringComparison.Ordinal);
        Assert.Equal($"0 */{Default("leaseSweepSeconds") / 60} * * * *", Set["LeaseSweepSchedule"]);
    }

    private static int Default(string parameter) => CompiledTemplate.Parameter(parameter).GetProperty("defaultValue").GetInt32();

    [GeneratedRegex("\"(SUPABASE_[A-Z_]+|FLEX_[A-Z_]+|X_AUTH_TOKEN)\"")]
    private static partial Regex SettingName();

    [GeneratedRegex("TimerTrigger\\(\"%([A-Za-z]+)%\"")]
    private static partial Regex Schedule();

    [GeneratedRegex("^FlexCrew__([A-Za-z]+)")]
    private static partial Regex Tuning();
}
