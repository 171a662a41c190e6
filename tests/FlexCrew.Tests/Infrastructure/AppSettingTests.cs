using System.Text.Json;
using System.Text.RegularExpressions;
using FlexCrew.Tests.Infrastructure.Bicep;

namespace FlexCrew.Tests.Infrastructure;

public sealed partial class AppSettingTests
{
    private static readonly BicepFile Main = BicepFile.Load("main.bicep");
    private static readonly BicepFile Settings = BicepFile.Load("modules/settings.bicep");

    /// <summary>Read by the product, but a fallback for another name that is set.</summary>
    private static readonly string[] Fallbacks = ["FLEX_X_AUTH_TOKEN"];

    [Fact]
    public void Every_setting_that_the_product_reads_is_set()
    {
        var read = RepositoryFiles.Sources().SelectMany(source => SettingName().Matches(source)).Select(match => match.Groups[1].Value).ToHashSet();
        string[] known = ["SUPABASE_DB_URL", "SUPABASE_URL", "SUPABASE_JWT_SECRET", "X_AUTH_TOKEN", "FLEX_API_BASE_URL"];
        Assert.Empty(read.Concat(known).Except(Fallbacks).Except(Set().Select(setting => setting.Key)));
    }

    [Theory]
    [InlineData("AzureWebJobsStorage__accountName")]
    [InlineData("AzureWebJobsStorage__credential")]
    [InlineData("AzureWebJobsStorage__clientId")]
    [InlineData("AZURE_CLIENT_ID")]
    [InlineData("AzureWebJobsDisableHomepage")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING")]
    [InlineData("APPLICATIONINSIGHTS_AUTHENTICATION_STRING")]
    [InlineData("AzureFunctionsJobHost__extensions__durableTask__hubName")]
    [InlineData("AzureFunctionsJobHost__extensions__durableTask__storageProvider__type")]
    [InlineData("AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName")]
    [InlineData("DURABLE_TASK_SCHEDULER_CONNECTION_STRING")]
    public void Every_setting_that_the_host_reads_is_set(string name) => Assert.Contains(Set(), setting => setting.Key == name);

    [Theory]
    [InlineData("X_AUTH_TOKEN")]
    [InlineData("SUPABASE_JWT_SECRET")]
    [InlineData("SUPABASE_DB_URL")]
    public void Secrets_are_references_to_the_vault(string name) =>
        Assert.True(Set().Single(setting => setting.Key == name).Value[0].IsWord("secretReference"));

    [Fact]
    public void References_to_the_vault_name_no_version_and_end_in_a_slash()
    {
        var uris = BicepFile.Load("modules/vault.bicep").Of("output").Where(output => output.Name.EndsWith("Uri", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, uris.Count);
        Assert.All(uris, uri => Assert.EndsWith("}/", uri.Value.Single().Text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_storage_has_no_connection_string() =>
        Assert.DoesNotContain(Set(), setting => setting.Key is "AzureWebJobsStorage" or "DEPLOYMENT_STORAGE_CONNECTION_STRING");

    [Fact]
    public void Every_timer_has_its_schedule_the_same_as_in_the_sample()
    {
        var timers = RepositoryFiles.Sources().SelectMany(source => Schedule().Matches(source)).Select(match => match.Groups[1].Value).Distinct().Order().ToList();
        var set = BicepObject.Properties(Settings.Find("func", "timerSettings").Body).ToDictionary(setting => setting.Key, setting => setting.Value.Single().Text);
        var sample = JsonDocument.Parse(RepositoryFiles.Text("local.settings.sample.json")).RootElement.GetProperty("Values");

        Assert.Equal(3, timers.Count);
        Assert.Equal(timers, set.Keys.Order());
        Assert.All(set, schedule => Assert.Equal(sample.GetProperty(schedule.Key).GetString(), schedule.Value));
        Assert.All(set.Values, schedule => Assert.Equal(6, schedule.Split(' ').Length));
        Assert.Contains(Main.Find("module", "functionApp").Body, token => token.IsWord("timerSettings"));
    }

    [Fact]
    public void Tuning_is_called_what_the_product_calls_it()
    {
        var names = Settings.AllTokens().Concat(Main.AllTokens()).Select(token => Tuning().Match(token.Text))
            .Where(match => match.Success && match.Groups[1].Length > 0).Select(match => match.Groups[1].Value).ToHashSet();
        Assert.Contains("LeaseTimeout", names);
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

        static int Default(string parameter) => int.Parse(Main.Find("param", parameter).Value.Single().Text);
    }

    /// <summary>A live holder keeps its lease up to its deadline and the margin of a dead one; a sweep later it is seen to be gone.</summary>
    [Fact]
    public void The_age_of_a_lease_wakes_nobody_while_it_may_rightly_be_held()
    {
        Assert.Equal("runDeadlineSeconds + leaseTimeoutSeconds / 2 + leaseSweepSeconds", string.Join(' ', Main.Find("param", "alertLeaseAgeSeconds").Value.Select(token => token.Text)));
        var schedule = BicepObject.Single(Settings.Find("func", "timerSettings").Body, "LeaseSweepSchedule").Single().Text;
        Assert.Equal($"0 */{int.Parse(Main.Find("param", "leaseSweepSeconds").Value.Single().Text) / 60} * * * *", schedule);
    }

    private static IEnumerable<(string Key, IReadOnlyList<BicepToken> Value)> Set() =>
        BicepObject.Properties(BicepObject.Single(Main.Find("module", "functionApp").Body, "appSettings"))
            .Concat(BicepObject.Properties(Settings.Find("func", "hostSettings").Body))
            .Concat(BicepObject.Properties(Settings.Find("func", "durableSettings").Body))
            .Concat(BicepObject.Properties(Settings.Find("func", "tuningSettings").Body));

    [GeneratedRegex("\"(SUPABASE_[A-Z_]+|FLEX_[A-Z_]+|X_AUTH_TOKEN)\"")]
    private static partial Regex SettingName();

    [GeneratedRegex("TimerTrigger\\(\"%([A-Za-z]+)%\"")]
    private static partial Regex Schedule();

    [GeneratedRegex("^FlexCrew__([A-Za-z]*)")]
    private static partial Regex Tuning();
}
