using System.Net;
using System.Net.Http.Json;
using FlexCrew.IntegrationTests.Drift;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>A host that has no token for Flex answers as the original did: only a sync that could be begun is refused.</summary>
public sealed class NoFlexTokenTests
{
    private const string Reference = "@Microsoft.KeyVault(SecretUri=https://kv.vault.azure.net/secrets/flex-token/)";

    [Theory]
    [InlineData("")]
    [InlineData(Reference)]
    public async Task Only_a_sync_is_refused_and_every_answer_has_its_headers(string token)
    {
        await using var stage = await Stage.SetAsync(overrides: [("X_AUTH_TOKEN", token)]);
        await stage.AddCrewCallAsync();
        await stage.AssignAsync();
        var sync = new { job_id = stage.Job };

        Assert.Equal((HttpStatusCode.OK, ""), await AnswerAsync(stage, HttpMethod.Options, null, authorized: false));
        Assert.Equal(
            (HttpStatusCode.MethodNotAllowed, "Method Not Allowed"), await AnswerAsync(stage, HttpMethod.Get, null, authorized: true));
        Assert.Equal(HttpStatusCode.Unauthorized, (await AnswerAsync(stage, HttpMethod.Post, sync, authorized: false)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await AnswerAsync(stage, HttpMethod.Post, new { job_id = 7 }, authorized: true)).Status);
        foreach (var body in (object[])[sync, new { job_id = stage.Job, dry_run = true }])
            Assert.Equal(
                (HttpStatusCode.InternalServerError, """{"error":"X_AUTH_TOKEN not configured"}"""),
                await AnswerAsync(stage, HttpMethod.Post, body, authorized: true));
        Assert.Equal(0, stage.Flex.Log.Metrics.Requests);
    }

    [Fact]
    public async Task It_is_not_ready_and_lives()
    {
        await using var stage = await Stage.SetAsync(overrides: [("X_AUTH_TOKEN", "")]);
        using var http = new HttpClient { BaseAddress = stage.Host.BaseUrl };

        using var ready = await http.GetAsync("health?ready");
        using var live = await http.GetAsync("health");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (ready.StatusCode, live.StatusCode));
        Assert.Contains("""{"database":"ok","flex":"failed",""", await ready.Content.ReadAsStringAsync());
    }

    /// <summary>The timer of a host asks for a check every night, also where nobody switched the check on.</summary>
    [Fact]
    public async Task A_drift_check_that_is_off_needs_no_token()
    {
        await using var stage = await Stage.SetAsync(overrides: [("X_AUTH_TOKEN", "")]);

        await Season.CheckAsync(stage.Host);

        Assert.Empty(await stage.LogAsync());
    }

    private static async Task<(HttpStatusCode Status, string Body)> AnswerAsync(
        Stage stage, HttpMethod method, object? body, bool authorized)
    {
        using var http = new HttpClient { BaseAddress = stage.Host.BaseUrl };
        using var request = new HttpRequestMessage(method, "sync-flex-crew-for-job");
        if (body is not null) request.Content = JsonContent.Create(body);
        if (authorized) request.Headers.Authorization = new("Bearer", Tokens.For(stage.Manager));
        using var response = await http.SendAsync(request);
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.NotEmpty(response.Headers.GetValues("x-correlation-id").Single());
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
