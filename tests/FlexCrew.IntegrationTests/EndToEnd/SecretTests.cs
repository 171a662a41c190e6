using System.Net.Http.Headers;
using System.Text;
using FlexCrew.IntegrationTests.Database;
using FlexSimulator;
using Microsoft.Extensions.Logging;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>Everything that is logged, answered and written in good days and bad ones, searched for what nobody may read.</summary>
public sealed class SecretTests
{
    private const string DatabasePassword = "database-password-for-tests-only";

    [Fact]
    public async Task No_secret_is_in_any_log_answer_or_row_of_a_whole_run()
    {
        var database = await PostgresServer.CreateDatabaseAsync(SchemaKind.Migrated);
        await using var stage = await Stage.SetAsync(
            database, hosts: 0, flex: null, configure: null, ("SUPABASE_DB_URL", WithPassword(database.Url)),
            ("FlexCrew:FlexAttemptTimeout", "00:00:06"), ("FlexCrew:LeaseTimeout", "00:00:15"));

        // A run that cannot be recorded tries again after a minute.
        var clock = new FastClock(20);
        await stage.AddHostAsync(builder =>
        {
            builder.Logging.SetMinimumLevel(LogLevel.Trace).AddFilter(null, LogLevel.Trace);
            clock.Use(builder);
        });
        var crewCall = await stage.AddCrewCallAsync();
        await stage.AssignManyAsync(3);
        var token = Tokens.For(stage.Manager);
        var answers = new StringBuilder();

        await BadDaysAsync(stage, token, answers);
        await stage.Flex.Faults.ClearAsync();
        await SendAsync(stage, HttpMethod.Post, "sync-flex-crew-for-job", token, answers, $$"""{"job_id":"{{stage.Job}}"}""");
        foreach (var path in new[] { "health", "health?ready", "sync-flex-crew-for-job/0195a1b2c3d47e5f8a9b0c1d2e3f4a5b", "nowhere" })
            await SendAsync(stage, HttpMethod.Get, path, token, answers);
        await SendAsync(stage, HttpMethod.Post, $"sync-flex-crew-for-job/leases/{stage.Job}/sound/release", token, answers);
        await SendAsync(stage, HttpMethod.Post, "sync-flex-crew-for-job", token[..^4] + "AAAA", answers, "{}");
        await SendAsync(stage, HttpMethod.Post, "sync-flex-crew-for-job", token, answers, $"{{\"job_id\":\"{token}\"}}");

        await stage.RunsEndedAsync();
        var logs = stage.Host.Logs.Text;
        var rows = string.Join('\n', await database.RowsAsync<string>("select to_jsonb(l)::text from public.flex_sync_log l"));
        Assert.Contains("failed", logs);
        Assert.Contains("Flex", rows);
        string[] secrets = [Stage.FlexToken, Tokens.Secret, DatabasePassword, .. token.Split('.'), "eyJ"];
        foreach (var (where, text) in new[] { ("log", logs), ("answer", answers.ToString()), ("row", rows) })
            foreach (var secret in secrets)
                Assert.False(text.Contains(secret, StringComparison.Ordinal), $"'{secret}' is in a {where}: {Around(text, secret)}");
        foreach (var internals in new[] { "   at ", "Npgsql", "select ", "public.", "Exception" })
            Assert.DoesNotContain(internals, answers.ToString(), StringComparison.Ordinal);
        Assert.Equal(3, crewCall.Flex.ResourceIds.Count);
    }

    // Flex refuses the token and says it back, is down, answers nonsense; the database is away, and not there at all.
    private static async Task BadDaysAsync(Stage stage, string token, StringBuilder answers)
    {
        var sync = $$"""{"job_id":"{{stage.Job}}","departments":["sound"]}""";
        Fault[] faults =
        [
            Fault.Answer(401, body: $$"""{"exceptionMessage":"token {{Stage.FlexToken}} is not known"}"""),
            Fault.Answer(400, body: $$"""{"exceptionMessage":"x-auth-token={{Stage.FlexToken}}"}"""),
            Fault.HtmlPage(), Fault.Redirect($"https://login.example/?token={Stage.FlexToken}"), Fault.Hang(), Fault.Reset(),
            Fault.MalformedJson(),
        ];
        foreach (var fault in faults)
        {
            var placed = stage.Flex.Faults.Add(FlexEndpoint.Any, fault);
            await SendAsync(stage, HttpMethod.Post, "sync-flex-crew-for-job", token, answers, sync);
            await SendAsync(stage, HttpMethod.Get, "health?ready", token, answers);
            placed.Release();
            await Task.Delay(TimeSpan.FromMilliseconds(600));
        }
        foreach (var table in new[] { "flex_crew_add_intents", "flex_crew_assignments", "flex_sync_log", "profiles" })
        {
            await stage.Database.ExecuteAsync($"alter table public.{table} rename to away");
            await SendAsync(stage, HttpMethod.Post, "sync-flex-crew-for-job", token, answers, sync);
            await stage.Database.ExecuteAsync($"alter table public.away rename to {table}");
        }
        await stage.Database.ExecuteAsync(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'FlexCrew'");
        await SendAsync(stage, HttpMethod.Post, "sync-flex-crew-for-job", token, answers, sync);
    }

    private static async Task SendAsync(
        Stage stage, HttpMethod method, string path, string token, StringBuilder answers, string? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(stage.Host.BaseUrl, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null) request.Content = new StringContent(body);
        using var response = await stage.Http.SendAsync(request);
        answers.Append(response.Headers).AppendLine(await response.Content.ReadAsStringAsync());
    }

    private static string WithPassword(string url)
    {
        var parts = new UriBuilder(url) { Password = DatabasePassword };
        return parts.Uri.ToString();
    }

    private static string Around(string text, string secret)
    {
        var at = text.IndexOf(secret, StringComparison.Ordinal);
        return at < 0 ? "" : text[Math.Max(0, at - 200)..Math.Min(text.Length, at + 60)];
    }
}
