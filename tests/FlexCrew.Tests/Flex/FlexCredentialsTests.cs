using FlexCrew.Flex;
using Microsoft.Extensions.Configuration;

namespace FlexCrew.Tests.Flex;

public sealed class FlexCredentialsTests
{
    [Fact]
    public void The_token_is_read_under_either_name_and_Flex_has_a_default_address()
    {
        Assert.Equal("t1", From(("X_AUTH_TOKEN", " t1\n"), ("FLEX_X_AUTH_TOKEN", "t2")).Token);
        Assert.Equal("t2", From(("X_AUTH_TOKEN", ""), ("FLEX_X_AUTH_TOKEN", "t2")).Token);
        Assert.Equal("https://sectorpro.flexrentalsolutions.com/f5/api", From(("X_AUTH_TOKEN", "t")).BaseUrl);
        Assert.Equal(
            "http://127.0.0.1:5199/f5/api", From(("X_AUTH_TOKEN", "t"), ("FLEX_API_BASE_URL", "http://127.0.0.1:5199/f5/api/")).BaseUrl);
    }

    [Fact]
    public void A_missing_token_is_named()
    {
        var error = Assert.Throws<InvalidOperationException>(() => From());
        Assert.StartsWith("X_AUTH_TOKEN is not set", error.Message);
    }

    [Theory]
    [InlineData("ftp://flex.test/api")]
    [InlineData("/f5/api")]
    [InlineData("flex.test")]
    [InlineData("https://user:password@flex.test/")]
    [InlineData("https://flex.test/?token=1")]
    [InlineData("https://flex.test/#top")]
    public void An_address_that_is_none_is_refused_without_repeating_it(string url)
    {
        var error = Assert.Throws<InvalidOperationException>(() => From(("X_AUTH_TOKEN", "t"), ("FLEX_API_BASE_URL", url)));
        Assert.StartsWith("FLEX_API_BASE_URL must be", error.Message);
        Assert.DoesNotContain("password", error.Message);
    }

    [Theory]
    [InlineData("to ken")]
    [InlineData("to\nken")]
    [InlineData("tokén")]
    public void A_token_that_no_header_can_carry_is_refused_without_repeating_it(string token)
    {
        var error = Assert.Throws<InvalidOperationException>(() => From(("X_AUTH_TOKEN", token)));
        Assert.DoesNotContain(token, error.Message);
    }

    [Fact]
    public void A_reference_that_was_not_resolved_is_no_token()
    {
        const string Reference = " @microsoft.keyvault(SecretUri=https://kv.vault.azure.net/secrets/flex-token/)";
        Assert.Equal("t2", From(("X_AUTH_TOKEN", Reference), ("FLEX_X_AUTH_TOKEN", "t2")).Token);
        Assert.StartsWith(
            "X_AUTH_TOKEN is not set", Assert.Throws<InvalidOperationException>(() => From(("X_AUTH_TOKEN", Reference))).Message);
        Assert.False(FlexCredentials.HasToken(Configuration(("FLEX_X_AUTH_TOKEN", Reference))));
    }

    [Fact]
    public void A_host_starts_without_a_token_but_not_with_settings_that_cannot_be_used()
    {
        Assert.Empty(FlexCredentials.Problems(Configuration()));
        Assert.Equal(2, FlexCredentials.Problems(Configuration(("X_AUTH_TOKEN", "to ken"), ("FLEX_API_BASE_URL", "flex.test"))).Count);
    }

    [Fact]
    public void The_token_is_never_printed() => Assert.DoesNotContain("hidden-token", From(("X_AUTH_TOKEN", "hidden-token")).ToString());

    private static FlexCredentials From(params (string Key, string Value)[] settings) => FlexCredentials.From(Configuration(settings));

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
}
