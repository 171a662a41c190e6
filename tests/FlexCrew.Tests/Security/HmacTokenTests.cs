using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace FlexCrew.Tests.Security;

/// <summary>Tokens signed with the project's secret.</summary>
public sealed class HmacTokenTests : IAsyncLifetime
{
    private AuthBench bench = null!;

    public async Task InitializeAsync() => bench = await AuthBench.StartAsync();

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Fact]
    public Task A_user_token_is_accepted() => bench.AssertAcceptedAsync(bench.Token());

    [Fact]
    public Task A_kid_beside_HS256_does_not_matter() => bench.AssertAcceptedAsync(Changed("header", "kid", "legacy-key-1"));

    [Fact]
    public Task A_token_of_typ_JWT_or_none_is_accepted() => bench.AssertAcceptedAsync(Changed("header", "typ", null));

    [Theory]
    [InlineData("exp", -29, true)]
    [InlineData("exp", -30, false)]
    [InlineData("exp", -31, false)]
    [InlineData("exp", 0, true)]
    [InlineData("nbf", 30, true)]
    [InlineData("nbf", 31, false)]
    [InlineData("nbf", -100_000, true)]
    public Task The_clocks_may_be_half_a_minute_apart(string claim, int secondsFromNow, bool isAccepted)
    {
        var token = Changed("claims", claim, secondsFromNow);
        return isAccepted ? bench.AssertAcceptedAsync(token) : bench.AssertRefusedAsync(token);
    }

    [Fact]
    public async Task A_token_is_refused_once_its_time_has_passed()
    {
        var token = bench.Token();
        await bench.AssertAcceptedAsync(token);
        bench.Time.Advance(TimeSpan.FromMinutes(61));
        await bench.AssertRefusedAsync(token);
    }

    [Theory]
    [InlineData("\"9999999999999999999999\"")]
    [InlineData("\"soon\"")]
    [InlineData("-1e3")]
    [InlineData("[4102444800]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("true")]
    public Task An_expiry_that_is_no_number_is_none(string exp) => bench.AssertRefusedAsync(WithPayload($$"""
        {"iss":"{{bench.Supabase.Settings.Issuer}}","aud":"authenticated","role":"authenticated","sub":"{{Http.Support.TestUsers.Management}}","exp":{{exp}}}
        """));

    [Theory]
    [InlineData("\"authenticated/\"")]
    [InlineData("\"Authenticated\"")]
    [InlineData("\"\"")]
    [InlineData("[]")]
    [InlineData("[\"anon\"]")]
    [InlineData("{\"authenticated\":true}")]
    [InlineData("null")]
    public Task Another_audience_is_refused(string aud) => bench.AssertRefusedAsync(WithPayload($$"""
        {"iss":"{{bench.Supabase.Settings.Issuer}}","aud":{{aud}},"role":"authenticated","sub":"{{Http.Support.TestUsers.Management}}","exp":4102444800}
        """));

    [Theory]
    [InlineData("[\"authenticated\"]")]
    [InlineData("[\"other\",\"authenticated\"]")]
    public Task An_audience_may_be_a_list(string aud) => bench.AssertAcceptedAsync(WithPayload($$"""
        {"iss":"{{bench.Supabase.Settings.Issuer}}","aud":{{aud}},"role":"authenticated","sub":"{{Http.Support.TestUsers.Management}}","exp":4102444800}
        """));

    [Theory]
    [InlineData("role", "\"Authenticated\"")]
    [InlineData("role", "[\"authenticated\"]")]
    [InlineData("role", "{\"authenticated\":1}")]
    [InlineData("role", "null")]
    [InlineData("sub", "17")]
    [InlineData("sub", "[\"11111111-1111-4111-8111-111111111111\"]")]
    [InlineData("sub", "\"{11111111-1111-4111-8111-111111111111}\"")]
    [InlineData("sub", "\"11111111111141118111111111111111\"")]
    [InlineData("sub", "\"11111111-1111-4111-8111-111111111111\\n\"")]
    [InlineData("iss", "\"\"")]
    [InlineData("iss", "[\"x\"]")]
    public Task A_claim_of_another_form_is_refused(string claim, string value)
    {
        var claims = new JsonObject
        {
            ["iss"] = bench.Supabase.Settings.Issuer,
            ["aud"] = "authenticated",
            ["role"] = "authenticated",
            ["sub"] = Http.Support.TestUsers.Management.ToString(),
            ["exp"] = 4102444800,
            [claim] = JsonNode.Parse(value),
        };
        return bench.AssertRefusedAsync(WithPayload(claims.ToJsonString()));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/x")]
    [InlineData("?")]
    public Task An_issuer_that_only_begins_right_is_refused(string more) =>
        bench.AssertRefusedAsync(Changed("claims", "iss", bench.Supabase.Settings.Issuer + more));

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("")]
    [InlineData("HS384")]
    [InlineData("hs256")]
    [InlineData("http://www.w3.org/2001/04/xmldsig-more#hmac-sha256")]
    [InlineData("PS256")]
    [InlineData("EdDSA")]
    public Task Any_other_algorithm_is_refused(string alg) => bench.AssertRefusedAsync(Changed("header", "alg", alg));

    [Theory]
    [InlineData("jku")]
    [InlineData("jwk")]
    [InlineData("x5u")]
    [InlineData("x5c")]
    [InlineData("crit")]
    [InlineData("b64")]
    [InlineData("enc")]
    [InlineData("zip")]
    [InlineData("cty")]
    public async Task A_header_that_brings_a_key_or_an_extension_is_refused_and_not_followed(string name)
    {
        await bench.AssertRefusedAsync(Changed("header", name, bench.Supabase.Settings.JwksUrl));
        Assert.Equal(0, bench.Supabase.KeysRead);
    }

    [Fact]
    public async Task A_token_of_24_KiB_is_looked_at_and_a_longer_one_is_not()
    {
        var usual = Changed("claims", "padding", "").Length;
        var fits = Changed("claims", "padding", new string('x', (24_576 - usual) * 3 / 4 - 2));
        Assert.InRange(fits.Length, 24_560, 24_576);
        await bench.AssertAcceptedAsync(fits);
        await bench.AssertRefusedAsync(Changed("claims", "padding", new string('x', 18_600)));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("....")]
    [InlineData("a.b.c")]
    [InlineData("e30.e30.")]
    [InlineData("e30.e30.e30")]
    [InlineData("bnVsbA.bnVsbA.AAAA")]
    [InlineData("W10.W10.AAAA")]
    [InlineData("%00.%00.%00")]
    [InlineData("ünï.cödé.töken")]
    public Task Text_that_is_no_token_is_refused(string text) => bench.AssertRefusedAsync(text);

    [Fact]
    public async Task All_after_the_scheme_is_the_token()
    {
        await bench.AssertRefusedAsync(bench.Token() + " " + bench.Token());
        await bench.AssertRefusedAsync("Bearer " + bench.Token());
    }

    private string Changed(string part, string name, JsonNode? value) => bench.Token(recipe =>
    {
        if (recipe[part] is null)
            recipe[part] = new JsonObject();
        recipe[part]![name] = value;
    });

    private static string WithPayload(string payload)
    {
        var signed = $"{Base64UrlEncoder.Encode("""{"alg":"HS256","typ":"JWT"}""")}.{Base64UrlEncoder.Encode(payload.Trim())}";
        var mac =
            System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(AuthBench.JwtSecret), Encoding.ASCII.GetBytes(signed));
        return $"{signed}.{Base64UrlEncoder.Encode(mac)}";
    }
}
