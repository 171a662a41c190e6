using Microsoft.AspNetCore.Http;

namespace FlexCrew.Tests.Security;

/// <summary>How often the keys are asked for, and what happens when they cannot be had.</summary>
public sealed class SigningKeysTests : IAsyncLifetime
{
    private readonly SigningKeyPair old = SigningKeyPair.Ec("old");
    private readonly SigningKeyPair next = SigningKeyPair.Ec("next");
    private AuthBench bench = null!;

    public static TheoryData<string> Faults =>
        ["status 500", "status 404", "html", "empty", "no keys", "keys of another form", "broken json", "redirect", "hang", "reset",
            "endless"];

    public async Task InitializeAsync()
    {
        bench = await AuthBench.StartAsync();
        bench.Supabase.Keys.Add(old);
    }

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Fact]
    public async Task The_keys_are_read_once_in_ten_minutes()
    {
        for (var i = 0; i < 5; i++)
            await bench.AssertAcceptedAsync(old.Sign(bench.Token()));
        bench.Time.Advance(TimeSpan.FromMinutes(9.9));
        await bench.AssertAcceptedAsync(old.Sign(bench.Token()));
        Assert.Equal(1, bench.Supabase.KeysRead);

        bench.Time.Advance(TimeSpan.FromMinutes(0.2));
        await bench.AssertAcceptedAsync(old.Sign(bench.Token()));
        Assert.Equal(2, bench.Supabase.KeysRead);
    }

    [Fact]
    public async Task HS256_tokens_ask_for_no_keys()
    {
        await bench.AssertAcceptedAsync(bench.Token());
        Assert.Equal(0, bench.Supabase.KeysRead);
    }

    [Fact]
    public async Task A_rotated_key_is_found_at_once_and_the_old_one_stays_good_while_it_is_published()
    {
        await bench.AssertAcceptedAsync(old.Sign(bench.Token()));
        bench.Time.Advance(TimeSpan.FromMinutes(1));
        bench.Supabase.Keys.Add(next);
        await bench.AssertAcceptedAsync(next.Sign(bench.Token()));
        await bench.AssertAcceptedAsync(old.Sign(bench.Token()));
    }

    [Fact]
    public async Task A_revoked_key_is_refused_once_the_keys_are_read_again()
    {
        await bench.AssertAcceptedAsync(old.Sign(bench.Token()));
        bench.Supabase.Keys.Clear();
        bench.Supabase.Keys.Add(next);
        bench.Time.Advance(TimeSpan.FromMinutes(10));
        await bench.AssertRefusedAsync(old.Sign(bench.Token()));
        await bench.AssertAcceptedAsync(next.Sign(bench.Token()));
    }

    [Fact]
    public async Task A_spray_of_unknown_kids_does_not_become_a_spray_of_requests()
    {
        for (var i = 0; i < 200; i++)
        {
            await bench.AssertRefusedAsync(SigningKeyPair.Ec($"unknown-{i}").Sign(bench.Token()));
            bench.Time.Advance(TimeSpan.FromMilliseconds(300));
        }
        // One minute: at its beginning, and after each half.
        Assert.InRange(bench.Supabase.KeysRead, 2, 3);
        await bench.AssertAcceptedAsync(old.Sign(bench.Token()));
    }

    [Fact]
    public async Task Requests_at_once_share_one_read()
    {
        var released = new TaskCompletionSource();
        bench.Supabase.KeysFault = async context =>
        {
            await released.Task;
            await context.Response.WriteAsync(
                new System.Text.Json.Nodes.JsonObject { ["keys"] = new System.Text.Json.Nodes.JsonArray(old.PublicJwk()) }.ToJsonString());
        };
        var all = Task.WhenAll(Enumerable.Range(0, 50).Select(_ => bench.AssertAcceptedAsync(old.Sign(bench.Token()))));
        Assert.False(all.IsCompleted);
        released.SetResult();
        await all;
        Assert.Equal(1, bench.Supabase.KeysRead);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task The_last_keys_stay_good_while_they_cannot_be_read_again(string fault)
    {
        await bench.AssertAcceptedAsync(old.Sign(bench.Token()));
        bench.Supabase.KeysFault = Fault(fault);
        bench.Time.Advance(TimeSpan.FromMinutes(11));
        await bench.AssertAcceptedAsync(old.Sign(bench.Token()));
        await bench.AssertUndecidedAsync(next.Sign(bench.Token()));
        Assert.Equal(2, bench.Supabase.KeysRead);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Nobody_is_let_in_before_the_keys_were_read_and_all_are_a_few_seconds_after_they_can_be(string fault)
    {
        bench.Supabase.KeysFault = Fault(fault);
        await bench.AssertUndecidedAsync(old.Sign(bench.Token()));
        await bench.AssertUndecidedAsync(old.Sign(bench.Token()));
        Assert.Equal(1, bench.Supabase.KeysRead);

        bench.Supabase.KeysFault = null;
        bench.Time.Advance(TimeSpan.FromSeconds(5));
        await bench.AssertAcceptedAsync(old.Sign(bench.Token()));
    }

    [Fact]
    public async Task Keys_that_could_not_be_confirmed_for_a_day_are_dropped()
    {
        await bench.AssertAcceptedAsync(old.Sign(bench.Token()));
        bench.Supabase.KeysFault = Answers.Status(500);
        bench.Time.Advance(TimeSpan.FromHours(23));
        await bench.AssertAcceptedAsync(old.Sign(bench.Token()));
        bench.Time.Advance(TimeSpan.FromHours(2));
        await bench.AssertUndecidedAsync(old.Sign(bench.Token()));
    }

    [Fact]
    public async Task Keys_that_cannot_be_read_keep_no_token_of_the_secret_out_and_no_host_from_being_ready()
    {
        bench.Supabase.KeysFault = Answers.Status(500);

        await bench.AssertAcceptedAsync(bench.Token());
        Assert.Null(await bench.CheckAsync());
    }

    [Fact]
    public async Task Without_a_secret_readiness_tells_that_the_keys_are_away_and_that_they_are_back()
    {
        await using var keysOnly = await AuthBench.StartAsync(settings => settings.Remove("SUPABASE_JWT_SECRET"));
        keysOnly.Supabase.KeysFault = Answers.Status(500);
        Assert.Equal("The signing keys of Supabase cannot be read: nobody can sign in.", await keysOnly.CheckAsync());

        keysOnly.Supabase.KeysFault = null;
        keysOnly.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(
            "Supabase publishes no signing keys and SUPABASE_JWT_SECRET is not set: nobody can sign in.", await keysOnly.CheckAsync());

        keysOnly.Supabase.Keys.Add(old);
        keysOnly.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Null(await keysOnly.CheckAsync());
        await keysOnly.AssertAcceptedAsync(old.Sign(keysOnly.Token()));
    }

    [Theory]
    [InlineData("""{"kty":"RSA","kid":"odd","n":"!!!","e":"AQAB"}""")]
    [InlineData("""{"kty":"EC","kid":"odd","crv":17,"x":"AA","y":"AA"}""")]
    [InlineData("""{"kty":17,"kid":{}}""")]
    [InlineData("""{"kty":"OKP","kid":"odd","crv":"Ed25519","x":"AA"}""")]
    [InlineData("42")]
    [InlineData("null")]
    public async Task One_odd_key_does_not_spoil_the_others(string odd)
    {
        bench.Supabase.KeysFault = Answers.Text($$"""{"keys":[{{odd}},{{old.PublicJwk().ToJsonString()}}]}""");

        await bench.AssertAcceptedAsync(old.Sign(bench.Token()));
        await bench.AssertRefusedAsync(SigningKeyPair.Ec("odd").Sign(bench.Token()));
    }

    private Func<HttpContext, Task> Fault(string name) => name switch
    {
        "status 500" => Answers.Status(500),
        "status 404" => Answers.Status(404),
        "html" => Answers.Text("<html>sign in</html>"),
        "empty" => Answers.Text(""),
        "no keys" => Answers.Text("""{"message":"no"}"""),
        "keys of another form" => Answers.Text("""{"keys":"none"}"""),
        "broken json" => Answers.Text("""{"keys":[{"kty":"EC","""),
        "redirect" => Answers.RedirectTo(bench.Supabase.Settings.JwksUrl + "?again"),
        "hang" => Answers.Hang,
        "reset" => Answers.Reset,
        "endless" => Answers.Endless,
        _ => throw new ArgumentException(name, nameof(name)),
    };
}
