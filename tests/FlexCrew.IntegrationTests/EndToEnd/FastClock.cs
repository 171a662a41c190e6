using FlexCrew.IntegrationTests.Database;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>A clock that runs <paramref name="factor"/> times as fast as ours, for a host and for a database.</summary>
internal sealed class FastClock(int factor) : TimeProvider
{
    private readonly long startTicks = System.GetTimestamp();
    private readonly DateTimeOffset start = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => start + System.GetElapsedTime(startTicks) * factor;

    public override long GetTimestamp() => startTicks + ((System.GetTimestamp() - startTicks) * factor);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(System.CreateTimer(callback, state, Real(dueTime), Real(period)), this);

    /// <summary>How long <paramref name="time"/> on this clock takes on ours.</summary>
    public TimeSpan Real(TimeSpan time) =>
        time <= TimeSpan.Zero ? time : TimeSpan.FromMilliseconds(Math.Max(1, (time / factor).TotalMilliseconds));

    public void Use(WebApplicationBuilder builder) => builder.Services.AddSingleton<TimeProvider>(this);

    /// <summary>Lets the time functions of the database run by this clock, for connections that are opened from here on.</summary>
    public Task UseAsync(TestDatabase database) => database.ExecuteAsync(
        $"""
        create schema fast;
        {Function("now", "clock_timestamp", "stable")}
        {Function("statement_timestamp", "statement_timestamp", "stable")}
        {Function("clock_timestamp", "clock_timestamp", "volatile")}
        alter database {database.Name} set search_path = fast, pg_catalog, public;
        """);

    private string Function(string name, string real, string volatility) =>
        $"""
        create function fast.{name}() returns timestamptz language sql {volatility} as
          $$ select '{start:O}'::timestamptz + (pg_catalog.{real}() - '{start:O}'::timestamptz) * {factor} $$;
        """;

    private sealed class Timer(ITimer inner, FastClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(clock.Real(dueTime), clock.Real(period));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
