using System.Text.Json;
using System.Text.RegularExpressions;

namespace FlexCrew.Tests.Infrastructure.Template;

public sealed partial class HardeningTests
{
    private static readonly string[] Secrets = ["flexToken", "supabaseJwtSecret", "supabaseDbUrl"];

    /// <summary>Type of the resource, path of the property, value.</summary>
    public static TheoryData<string, string, string> Settings { get; } = new()
    {
        { "Microsoft.Storage/storageAccounts", "allowSharedKeyAccess", "false" },
        { "Microsoft.Storage/storageAccounts", "allowBlobPublicAccess", "false" },
        { "Microsoft.Storage/storageAccounts", "defaultToOAuthAuthentication", "true" },
        { "Microsoft.Storage/storageAccounts", "supportsHttpsTrafficOnly", "true" },
        { "Microsoft.Storage/storageAccounts", "minimumTlsVersion", "TLS1_2" },
        { "Microsoft.Storage/storageAccounts/blobServices/containers", "publicAccess", "None" },
        { "Microsoft.Web/sites", "httpsOnly", "true" },
        { "Microsoft.Web/sites", "siteConfig.minTlsVersion", "1.2" },
        { "Microsoft.Web/sites", "siteConfig.scmMinTlsVersion", "1.2" },
        { "Microsoft.KeyVault/vaults", "enableRbacAuthorization", "true" },
        { "Microsoft.KeyVault/vaults", "enableSoftDelete", "true" },
        { "Microsoft.KeyVault/vaults", "enablePurgeProtection", "true" },
        { "Microsoft.Insights/components", "DisableLocalAuth", "true" },
        { "Microsoft.OperationalInsights/workspaces", "features.disableLocalAuth", "true" },
    };

    [Theory, MemberData(nameof(Settings))]
    public void What_protects_is_set(string type, string path, string value)
    {
        foreach (var prediction in Prediction.All)
        {
            var found = path.Split('.').Aggregate(
                prediction.Resources(type).Single().GetProperty("properties"), (properties, name) => properties.GetProperty(name));
            Assert.Equal(value, found.ToString(), ignoreCase: found.ValueKind is JsonValueKind.True or JsonValueKind.False);
        }
    }

    /// <summary>Others, such as <c>ftpsState</c>, are refused by the platform for this plan (error 51021).</summary>
    [Fact]
    public void The_site_has_only_properties_that_flex_consumption_takes() =>
        Assert.Equal(
            ["appSettings", "minTlsVersion", "scmMinTlsVersion"],
            Prediction.Longest.Resources("Microsoft.Web/sites").Single().GetProperty("properties").GetProperty("siteConfig")
                .EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void The_platform_answers_no_preflight_since_no_CORS_is_configured() =>
        Assert.DoesNotContain("cors", CompiledTemplate.Text, StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData("listKeys")]
    [InlineData("AccountKey=")]
    [InlineData("SharedAccessSignature")]
    public void Nobody_asks_for_keys(string key) => Assert.DoesNotContain(key, CompiledTemplate.Text, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void Publishing_passwords_are_off()
    {
        var policies = Prediction.Shortest.Resources("Microsoft.Web/sites/basicPublishingCredentialsPolicies").ToList();
        Assert.Equal(["ftp", "scm"],
            policies.Select(policy => policy.GetProperty("name").GetString()!.Split('/')[^1]).Order(StringComparer.Ordinal));
        Assert.All(policies, policy => Assert.False(policy.GetProperty("properties").GetProperty("allow").GetBoolean()));
    }

    [Fact]
    public void Parameters_that_carry_a_secret_are_secure_and_reach_no_output()
    {
        var parameters = CompiledTemplate.All().SelectMany(template => CompiledTemplate.Section(template, "parameters")).ToList();
        Assert.All(parameters.Where(parameter => Secrets.Contains(parameter.Name)), parameter =>
            Assert.True(IsSecure(parameter.Value), parameter.Name));
        Assert.Equal(6, parameters.Count(parameter => IsSecure(parameter.Value)));

        var outputs = CompiledTemplate.All().SelectMany(template => CompiledTemplate.Section(template, "outputs")).ToList();
        Assert.NotEmpty(outputs);
        Assert.All(outputs, output => Assert.DoesNotContain(
            Secrets, secret => output.Value.GetRawText().Contains($"parameters('{secret}')", StringComparison.Ordinal)));

        static bool IsSecure(JsonElement parameter) => CompiledTemplate.HasType(parameter, "securestring");
    }

    [Fact]
    public void A_secret_is_written_only_when_its_value_is_given() =>
        Assert.Equal(
            Secrets.Select(secret => $"[not(empty(parameters('{secret}')))]").Order(StringComparer.Ordinal),
            CompiledTemplate.Resources("Microsoft.KeyVault/vaults/secrets").Select(secret => secret.GetProperty("condition").GetString()!)
                .Order(StringComparer.Ordinal));

    [Fact]
    public void No_secret_is_written_down() =>
        Assert.All(RepositoryFiles.Files("infra/bicep", "*.bicep*"), file =>
            Assert.DoesNotMatch(SecretLike(), File.ReadAllText(file.FullName)));

    // A JSON web token, a database URL with a password, an account key, a long run of letters and digits.
    [GeneratedRegex(
        "eyJ[A-Za-z0-9_-]{10,}|postgres(ql)?://[^'\"]*:[^'\"]*@|AccountKey="
        + "|(?<![A-Za-z0-9_/-])(?=[A-Za-z0-9+/]*[0-9])(?=[A-Za-z0-9+/]*[A-Z])[A-Za-z0-9+/]{40,}")]
    private static partial Regex SecretLike();
}
