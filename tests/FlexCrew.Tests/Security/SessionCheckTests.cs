using FlexCrew.Tests.Http.Support;
using Microsoft.AspNetCore.Http;

namespace FlexCrew.Tests.Security;

/// <summary>The remote check of sessions, when it is switched on.</summary>
public sealed class SessionCheckTests : IAsyncLifetime
{
    private AuthBench bench = null!;

    public static TheoryData<string> Faults =>
    [
        "status", "too many", "wrong anon key", "no route", "kept out", "kept out in JSON", "html", "no user", "hang", "reset", "redirect",
        "endless",
    ];

    public async Task InitializeAsync() => bench = await AuthBench.StartAsync(settings => settings["FlexCrew:CheckSessions"] = "true");

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Fact]
    public async Task It_is_off_by_default()
    {
        await using var usual = await AuthBench.StartAsync();
        await usual.AssertAcceptedAsync(usual.Token());
        Assert.Equal(0, usual.Supabase.UsersRead);
    }

    [Fact]
    public async Task A_session_that_lives_is_accepted_and_believed_for_half_a_minute()
    {
        var token = SignedIn();
        await bench.AssertAcceptedAsync(token);
        bench.Time.Advance(TimeSpan.FromSeconds(29));
        await bench.AssertAcceptedAsync(token);
        Assert.Equal(1, bench.Supabase.UsersRead);
        bench.Time.Advance(TimeSpan.FromSeconds(1));
        await bench.AssertAcceptedAsync(token);
        Assert.Equal(2, bench.Supabase.UsersRead);
    }

    [Fact]
    public async Task A_signed_out_session_is_refused_and_a_no_is_not_remembered()
    {
        var token = SignedIn();
        bench.Supabase.Sessions.Clear();
        await bench.AssertRefusedAsync(token);
        bench.Supabase.Sessions[token] = TestUsers.Management;
        await bench.AssertAcceptedAsync(token);
        bench.Supabase.Sessions.Clear();
        bench.Time.Advance(TimeSpan.FromSeconds(31));
        await bench.AssertRefusedAsync(token);
    }

    [Fact]
    public async Task A_yes_is_one_tokens_alone()
    {
        await bench.AssertAcceptedAsync(SignedIn());
        await bench.AssertRefusedAsync(bench.Token(recipe => recipe["claims"]!["aal"] = "aal2"));
    }

    [Fact]
    public async Task A_token_that_is_refused_here_is_not_sent_there()
    {
        await bench.AssertRefusedAsync(bench.Token(recipe => recipe["secret"] = "another-secret-that-is-long-enough-for-hs256"));
        Assert.Equal(0, bench.Supabase.UsersRead);
    }

    [Fact]
    public async Task Many_sessions_do_not_make_it_forget_to_ask()
    {
        for (var i = 0; i < 1_010; i++)
            await bench.AssertAcceptedAsync(SignedIn($"aal{i}"));
        Assert.Equal(1_010, bench.Supabase.UsersRead);
        bench.Supabase.Sessions.Clear();
        await bench.AssertRefusedAsync(bench.Token(recipe => recipe["claims"]!["aal"] = "aal1009"));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_Supabase_does_not_answer_lets_nobody_in_and_is_not_called_the_callers_fault(string fault)
    {
        var token = SignedIn();
        bench.Supabase.UserFault = Fault(fault);
        await bench.AssertUndecidedAsync(token);
        Assert.Equal("Supabase does not answer for sessions, or refuses SUPABASE_ANON_KEY: nobody can sign in.", await bench.CheckAsync());
        bench.Supabase.UserFault = null;
        await bench.AssertAcceptedAsync(token);
        Assert.Null(await bench.CheckAsync());
    }

    [Fact]
    public async Task The_session_of_another_user_is_a_no()
    {
        var token = SignedIn();
        bench.Supabase.Sessions[token] = TestUsers.Admin;
        await bench.AssertRefusedAsync(token);
    }

    [Theory]
    [InlineData(401, """{"code":401,"msg":"Invalid token"}""")]
    [InlineData(403, """{"code":403,"error_code":"session_not_found","msg":"Session from session_id claim in JWT does not exist"}""")]
    [InlineData(403, """{"code":"session_not_found","message":"Session from session_id claim in JWT does not exist"}""")]
    [InlineData(404, """{"code":404,"error_code":"user_not_found","msg":"User not found"}""")]
    public async Task Each_answer_by_which_Supabase_refuses_a_token_is_a_no(int status, string body)
    {
        var token = SignedIn();
        bench.Supabase.UserFault = Answers.Status(status, body);
        await bench.AssertRefusedAsync(token);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(-1, true)]
    public async Task A_user_is_refused_for_as_long_as_they_are_banned(int hours, bool isAccepted)
    {
        var token = SignedIn();
        var until = bench.Time.GetUtcNow().AddHours(hours);
        bench.Supabase.UserFault = Answers.Status(200, $$"""{"id":"{{TestUsers.Management}}","banned_until":"{{until:O}}"}""");
        if (isAccepted) await bench.AssertAcceptedAsync(token);
        else await bench.AssertRefusedAsync(token);
    }

    [Fact]
    public async Task The_half_minute_counts_from_the_question_and_not_from_a_slow_answer()
    {
        var token = SignedIn();
        bench.Supabase.UserFault = context =>
        {
            bench.Time.Advance(TimeSpan.FromSeconds(4));
            return context.Response.WriteAsync($$"""{"id":"{{TestUsers.Management}}"}""");
        };
        await bench.AssertAcceptedAsync(token);
        bench.Supabase.UserFault = null;
        bench.Supabase.Sessions.Clear();
        bench.Time.Advance(TimeSpan.FromSeconds(26));
        await bench.AssertRefusedAsync(token);
    }

    private string SignedIn(string aal = "aal1")
    {
        var token = bench.Token(recipe => recipe["claims"]!["aal"] = aal);
        bench.Supabase.Sessions[token] = TestUsers.Management;
        return token;
    }

    private Func<HttpContext, Task> Fault(string name) => name switch
    {
        "status" => Answers.Status(503),
        "html" => Answers.Text("<html>sign in</html>"),
        "too many" => Answers.Status(429),
        "wrong anon key" => Answers.Status(401, """{"message":"Invalid API key"}"""),
        "no route" => Answers.Status(404, """{"message":"no Route matched with those values"}"""),
        "kept out" => Answers.Status(403, "<html>Attention Required!</html>"),
        "kept out in JSON" => Answers.Status(403),
        "no user" => Answers.Text("[]"),
        "hang" => Answers.Hang,
        "reset" => Answers.Reset,
        "redirect" => Answers.RedirectTo(bench.Supabase.Settings.UserUrl + "?again"),
        "endless" => Answers.Endless,
        _ => throw new ArgumentException(name, nameof(name)),
    };
}
