using System.Text.RegularExpressions;
using FlexCrew.Tests.Infrastructure.Bicep;

namespace FlexCrew.Tests.Infrastructure;

public sealed partial class HardeningTests
{
    /// <summary>File, property, value.</summary>
    public static TheoryData<string, string, string> Settings { get; } = new()
    {
        { "storage", "allowSharedKeyAccess", "false" },
        { "storage", "allowBlobPublicAccess", "false" },
        { "storage", "defaultToOAuthAuthentication", "true" },
        { "storage", "supportsHttpsTrafficOnly", "true" },
        { "storage", "minimumTlsVersion", "TLS1_2" },
        { "storage", "publicAccess", "None" },
        { "function-app", "httpsOnly", "true" },
        { "function-app", "minTlsVersion", "1.2" },
        { "function-app", "scmMinTlsVersion", "1.2" },
        { "vault", "enableRbacAuthorization", "true" },
        { "vault", "enableSoftDelete", "true" },
        { "vault", "enablePurgeProtection", "true" },
        { "monitoring", "DisableLocalAuth", "true" },
        { "monitoring", "disableLocalAuth", "true" },
    };

    [Theory, MemberData(nameof(Settings))]
    public void What_protects_is_set(string module, string property, string value) =>
        Assert.Equal(value, BicepObject.Single(BicepFile.Load($"modules/{module}.bicep").Tokens, property).Single().Text);

    /// <summary>Others, such as <c>ftpsState</c>, are refused by the platform for this plan (error 51021).</summary>
    [Fact]
    public void The_site_has_only_properties_that_flex_consumption_takes() =>
        Assert.Equal(
            ["appSettings", "minTlsVersion", "scmMinTlsVersion"],
            BicepObject.KeysOf(BicepFile.Load("modules/function-app.bicep").Find("resource", "app").Body, "siteConfig").Order());

    [Fact]
    public void The_platform_answers_no_preflight_since_no_CORS_is_configured() =>
        Assert.DoesNotContain(BicepFile.All().SelectMany(file => file.AllTokens()), token => Contains(token, "cors"));

    [Fact]
    public void Nobody_asks_for_keys() =>
        Assert.DoesNotContain(
            BicepFile.All().SelectMany(file => file.AllTokens()),
            token => Contains(token, "listKeys") || Contains(token, "AccountKey=") || Contains(token, "SharedAccessSignature"));

    [Fact]
    public void Publishing_passwords_are_off()
    {
        var policies = BicepFile.Load("modules/function-app.bicep").Of("resource").Where(r => r.Path!.Contains("basicPublishingCredentialsPolicies")).ToList();
        Assert.Equal(["ftp", "scm"], policies.Select(policy => BicepObject.Single(policy.Body, "name").Single().Text).Order());
        Assert.All(policies, policy => Assert.Equal("false", BicepObject.Single(policy.Body, "allow").Single().Text));
    }

    [Fact]
    public void Parameters_that_carry_a_secret_are_secure_and_reach_no_output()
    {
        foreach (var file in BicepFile.All())
        {
            var carriers = file.Of("param").Where(p => p.Name is "flexToken" or "supabaseJwtSecret" or "supabaseDbUrl").ToList();
            Assert.All(carriers, parameter => Assert.True(parameter.IsSecure, parameter.Name));
            Assert.DoesNotContain(
                file.Of("output").SelectMany(output => output.Body).SelectMany(token => token.WithInterpolations()),
                token => carriers.Any(parameter => token.IsWord(parameter.Name)));
        }

        Assert.Equal(6, BicepFile.All().SelectMany(file => file.Of("param")).Count(parameter => parameter.IsSecure));
    }

    [Fact]
    public void A_secret_is_written_only_when_its_value_is_given()
    {
        var secrets = BicepFile.Load("modules/vault.bicep").Of("resource").Where(r => r.Path!.Contains("/vaults/secrets@")).ToList();
        Assert.Equal(3, secrets.Count);
        Assert.All(secrets, secret => Assert.Contains(secret.Body, token => token.IsWord("if")));
    }

    [Fact]
    public void No_secret_is_written_down()
    {
        foreach (var name in BicepFile.Names("*.bicep*"))
        {
            var text = RepositoryFiles.Text("infra", "bicep", name);
            Assert.DoesNotMatch(SecretLike(), text);
        }
    }

    private static bool Contains(BicepToken token, string what) => token.Text.Contains(what, StringComparison.OrdinalIgnoreCase);

    // A JSON web token, a database URL with a password, an account key, a long run of letters and digits.
    [GeneratedRegex("eyJ[A-Za-z0-9_-]{10,}|postgres(ql)?://[^'\"]*:[^'\"]*@|AccountKey=|(?<![A-Za-z0-9_/-])(?=[A-Za-z0-9+/]*[0-9])(?=[A-Za-z0-9+/]*[A-Z])[A-Za-z0-9+/]{40,}")]
    private static partial Regex SecretLike();
}
