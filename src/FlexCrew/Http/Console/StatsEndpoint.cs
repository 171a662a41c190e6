using System.Text.Json.Serialization;
using FlexCrew.Database;
using FlexCrew.Http.Protocol;
using Microsoft.AspNetCore.Http;

namespace FlexCrew.Http;

/// <summary><c>GET console/stats?days=</c>: outcomes and requests by the hour, and how long runs took.</summary>
/// <param name="reads">What the console's reads have in common.</param>
/// <param name="history">The log.</param>
/// <param name="time">The clock.</param>
public sealed class StatsEndpoint(ConsoleReads reads, IRunHistory history, TimeProvider time)
{
    /// <summary>What Flex grants a customer in an hour, for everything.</summary>
    internal const int BudgetPerHour = 2000;

    private const int Usually = 14, AtMost = 31, Dots = 1000;

    /// <summary>Answers a request of any method. Never throws.</summary>
    public Task<Reply> HandleAsync(HttpContext context) => reads.AnswerAsync(context, async (_, _, cancellation) =>
    {
        var query = new ConsoleQuery(context.Request.Query);
        var days = query.Number("days", Usually, AtMost);
        if (query.Error is { } error)
            return Replies.Error(400, error);

        var now = time.GetUtcNow();
        var since = now.AddDays(-days);
        var hours = await history.HoursAsync(since, cancellation);
        var durations = await history.DurationsAsync(since, Dots, cancellation);
        return Replies.Json(200, new StatsBody(Timestamp.Of(since), Timestamp.Of(now), BudgetPerHour)
        {
            Hours = [.. hours.Select(HourBody.Of)],
            Durations = [.. durations.Select(run => new DurationBody(ConsoleTime.Of(run.StartedAt), run.DurationMs, run.Status))],
        });
    });

    private sealed record StatsBody(
        [property: JsonPropertyName("since")] string Since,
        [property: JsonPropertyName("until")] string Until,
        [property: JsonPropertyName("budget_per_hour")] int BudgetPerHour)
    {
        [JsonPropertyName("ok"), JsonPropertyOrder(-1)] public bool Ok { get; } = true;

        [JsonPropertyName("hours")] public required IReadOnlyList<HourBody> Hours { get; init; }

        [JsonPropertyName("durations")] public required IReadOnlyList<DurationBody> Durations { get; init; }
    }

    private sealed record HourBody
    {
        [JsonPropertyName("hour")] public required string Hour { get; init; }

        [JsonPropertyName("flex_requests")] public required int FlexRequests { get; init; }

        [JsonPropertyName("succeeded")] public required int Succeeded { get; init; }

        [JsonPropertyName("coalesced")] public required int Coalesced { get; init; }

        [JsonPropertyName("partial")] public required int Partial { get; init; }

        [JsonPropertyName("failed")] public required int Failed { get; init; }

        [JsonPropertyName("drift")] public required int Drift { get; init; }

        internal static HourBody Of(HourRow row) => new()
        {
            Hour = ConsoleTime.Of(row.Hour),
            FlexRequests = row.FlexRequests,
            Succeeded = row.Succeeded,
            Coalesced = row.Coalesced,
            Partial = row.Partial,
            Failed = row.Failed,
            Drift = row.Drift,
        };
    }

    private sealed record DurationBody(
        [property: JsonPropertyName("started_at")] string StartedAt,
        [property: JsonPropertyName("duration_ms")] long DurationMs,
        [property: JsonPropertyName("status")] string Status);
}
