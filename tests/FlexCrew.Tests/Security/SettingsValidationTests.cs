using FlexCrew.Security;
using Microsoft.Extensions.Configuration;

namespace FlexCrew.Tests.Security;

/// <summary>What is said at start about settings that will not do.</summary>
public sealed class SettingsValidationTests
{
    private const string Url = "https://abcdefghijklmnop.supabase.co";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void A_missing_url_is_named(string? url)
    {
        var problem = Assert.Single(Problems(("SUPABASE_URL", url)));
        Assert.Equal("SUPABASE_URL is missing: the URL of the Supabase project, https://<project>.supabase.co", problem);
    }

    [Theory]
    [InlineData("abcdefghijklmnop.supabase.co")]
    [InlineData("ftp://abcdefghijklmnop.supabase.co")]
    [InlineData("/functions")]
    [InlineData("https://user:password@abcdefghijklmnop.supabase.co")]
    [InlineData("https://abcdefghijklmnop.supabase.co?apikey=x")]
    public void A_url_of_another_form_is_named_but_not_shown(string url)
    {
        var problem = Assert.Single(Problems(("SUPABASE_URL", url)));
        Assert.StartsWith("SUPABASE_URL must be an absolute http or https URL", problem);
        Assert.DoesNotContain("password", problem);
    }

    [Theory]
    [InlineData("https://abcdefghijklmnop.supabase.co/auth/v1")]
    [InlineData("https://abcdefghijklmnop.supabase.co/auth/v1/")]
    [InlineData("https://abcdefghijklmnop.supabase.co/AUTH/V1")]
    public void The_issuer_in_place_of_the_url_is_told_to_be_one(string url) => Assert.Equal(
        "SUPABASE_URL must not end in /auth/v1, which is added to it: https://<project>.supabase.co alone",
        Assert.Single(Problems(("SUPABASE_URL", url))));

    [Theory]
    [InlineData(31)]
    [InlineData(1)]
    public void A_secret_too_short_for_HS256_is_named_but_not_shown(int length)
    {
        var secret = new string('~', length);
        var problem = Assert.Single(Problems(("SUPABASE_URL", Url), ("SUPABASE_JWT_SECRET", secret)));
        Assert.StartsWith($"SUPABASE_JWT_SECRET is too short: it has {length} bytes and HS256 needs at least 32", problem);
        Assert.DoesNotContain("~", problem);
    }

    [Fact]
    public void The_secret_may_be_absent() => Assert.Empty(Problems(("SUPABASE_URL", Url)));

    [Theory]
    [InlineData(32)]
    [InlineData(40)]
    [InlineData(88)]
    public async Task A_secret_of_a_real_projects_length_will_do_and_does(int length)
    {
        var secret = new string('s', length);
        Assert.Empty(Problems(("SUPABASE_URL", Url), ("SUPABASE_JWT_SECRET", secret)));

        await using var bench = await AuthBench.StartAsync(settings => settings["SUPABASE_JWT_SECRET"] = secret + "\n");
        await bench.AssertAcceptedAsync(bench.Token(recipe => recipe["secret"] = secret));
    }

    [Fact]
    public async Task A_secret_that_is_too_short_lets_nobody_in()
    {
        await using var bench = await AuthBench.StartAsync(settings => settings["SUPABASE_JWT_SECRET"] = "short");
        await bench.AssertRefusedAsync(bench.Token(recipe => recipe["secret"] = "short"));
    }

    /// <summary>Whoever knows the name of the vault knows the text of the reference.</summary>
    [Fact]
    public async Task A_key_vault_reference_that_was_not_resolved_lets_nobody_in_and_keeps_the_host_from_starting()
    {
        const string Reference = "@Microsoft.KeyVault(SecretUri=https://kv-example.vault.azure.net/secrets/supabase-jwt-secret/)";
        await using var bench = await AuthBench.StartAsync(settings => settings["SUPABASE_JWT_SECRET"] = Reference);
        await bench.AssertRefusedAsync(bench.Token(recipe => recipe["secret"] = Reference));
        var problem = Assert.Single(Problems(("SUPABASE_URL", Url), ("SUPABASE_JWT_SECRET", Reference)));
        Assert.StartsWith("SUPABASE_JWT_SECRET is a Key Vault reference that was not resolved", problem);
        Assert.DoesNotContain("kv-example", problem);
    }

    [Fact]
    public async Task An_empty_secret_is_none()
    {
        await using var bench = await AuthBench.StartAsync(settings => settings["SUPABASE_JWT_SECRET"] = "");
        await bench.AssertRefusedAsync(bench.Token(recipe => recipe["secret"] = ""));
    }

    [Fact]
    public void Checking_sessions_needs_the_anon_key()
    {
        var problem = Assert.Single(Problems(("SUPABASE_URL", Url), ("FlexCrew:CheckSessions", "true")));
        Assert.Equal("SUPABASE_ANON_KEY is missing: FlexCrew__CheckSessions needs it", problem);
        Assert.Empty(Problems(("SUPABASE_URL", Url), ("FlexCrew:CheckSessions", "true"), ("SUPABASE_ANON_KEY", "key")));
    }

    [Fact]
    public void Every_problem_has_its_line() =>
        Assert.Equal(3, Problems(("SUPABASE_JWT_SECRET", "short"), ("FlexCrew:CheckSessions", "true")).Count);

    [Fact]
    public void The_settings_do_not_show_their_secrets_as_text()
    {
        var settings = new SupabaseSettings(Url, "the-secret", "the-key");
        Assert.Equal($"SupabaseSettings {{ Url = {Url} }}", $"{settings}");
    }

    [Theory]
    [InlineData("https://abc.supabase.co", "https://abc.supabase.co/auth/v1")]
    [InlineData("https://abc.supabase.co/", "https://abc.supabase.co/auth/v1")]
    [InlineData(" http://127.0.0.1:54321// ", "http://127.0.0.1:54321/auth/v1")]
    [InlineData("https://AbcDef.supabase.co", "https://abcdef.supabase.co/auth/v1")]
    [InlineData("https://abc.supabase.co:443", "https://abc.supabase.co/auth/v1")]
    [InlineData("https://supabase.example.com/Behind/", "https://supabase.example.com/Behind/auth/v1")]
    public void The_issuer_follows_from_the_url(string url, string issuer) =>
        Assert.Equal(issuer, SupabaseSettings.From(Configuration(("SUPABASE_URL", url))).Issuer);

    private static IReadOnlyList<string> Problems(params (string Key, string? Value)[] settings) =>
        SettingsValidation.Problems(Configuration(settings));

    private static IConfiguration Configuration(params (string Key, string? Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)))
        .Build();
}
