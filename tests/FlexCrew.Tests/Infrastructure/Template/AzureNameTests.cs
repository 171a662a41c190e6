namespace FlexCrew.Tests.Infrastructure.Template;

/// <summary>
/// Looks at each name for the longest and the shortest parameters. The limits are those of Azure's naming rules
/// (https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules).
/// </summary>
public sealed class AzureNameTests
{
    /// <summary>The type of the resource, and the pattern that its name must match.</summary>
    public static TheoryData<string, string> Limits { get; } = new()
    {
        { "Microsoft.ManagedIdentity/userAssignedIdentities", "^[A-Za-z0-9][A-Za-z0-9-_]{2,127}$" },
        { "Microsoft.Storage/storageAccounts", "^[a-z0-9]{3,24}$" },
        { "Microsoft.Storage/storageAccounts/blobServices/containers", "^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$" },
        { "Microsoft.KeyVault/vaults", "^(?=.{3,24}$)(?!.*--)[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]$" },
        { "Microsoft.Web/sites", "^(?=.{2,60}$)[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]$" },
        { "Microsoft.Web/serverfarms", "^[A-Za-z0-9-]{1,60}$" },
        { "Microsoft.OperationalInsights/workspaces", "^(?=.{4,63}$)[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]$" },
        { "Microsoft.Insights/components", "^[A-Za-z0-9-_.()]{1,254}[A-Za-z0-9-_()]$" },
        { "Microsoft.Insights/actionGroups", "^[A-Za-z0-9-]{1,260}$" },
    };

    /// <summary>Those that only a deployment with everything has.</summary>
    public static TheoryData<string, string> LimitsOfTheOptional { get; } = new()
    {
        { "Microsoft.DurableTask/schedulers", "^[A-Za-z0-9-]{3,64}$" },
        { "Microsoft.DurableTask/schedulers/taskHubs", "^[A-Za-z][A-Za-z0-9]{2,44}$" },
        { "Microsoft.Insights/webtests", "^[A-Za-z0-9-]{1,260}$" },
    };

    [Theory, MemberData(nameof(Limits))]
    public void Names_are_within_the_limits_of_Azure(string type, string pattern) =>
        Assert.All(Prediction.All, prediction => Assert.Matches(pattern, prediction.Name(type)));

    [Theory, MemberData(nameof(LimitsOfTheOptional))]
    public void Names_of_what_is_optional_are_within_the_limits_of_Azure(string type, string pattern) =>
        Assert.Matches(pattern, Prediction.Longest.Name(type));

    [Theory]
    [InlineData("Microsoft.Storage/storageAccounts")]
    [InlineData("Microsoft.KeyVault/vaults")]
    public void Names_that_are_unique_worldwide_keep_the_whole_unique_part(string type) =>
        Assert.All(Prediction.All, prediction =>
        {
            var unique = prediction.Name("Microsoft.ManagedIdentity/userAssignedIdentities").Split('-')[^1];
            Assert.Equal(13, unique.Length);
            Assert.EndsWith(unique, prediction.Name(type), StringComparison.Ordinal);
        });

    [Fact]
    public void The_names_of_alerts_fit_and_differ()
    {
        var names = Prediction.Longest.Resources("Microsoft.Insights/scheduledQueryRules")
            .Select(rule => rule.GetProperty("name").GetString()!).ToList();
        Assert.NotEmpty(names);
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches("^[A-Za-z0-9-]{1,260}$", name));
    }
}
