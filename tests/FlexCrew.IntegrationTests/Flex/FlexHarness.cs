using System.Collections.Concurrent;
using FlexCrew.Flex;
using FlexCrew.Flex.Resilience;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FlexCrew.IntegrationTests.Flex;

/// <summary>The Flex client as a host registers it, with waits that suit a test, and a log that keeps everything.</summary>
internal sealed class FlexHarness : IAsyncDisposable
{
    public const string Token = "a-token-that-nobody-may-see-0123456789";

    private readonly ServiceProvider services;

    public FlexHarness(string baseUrl, Action<FlexCrewOptions>? configure = null, TimeProvider? time = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [new("X_AUTH_TOKEN", Token), new("FLEX_API_BASE_URL", baseUrl)]).Build();
        services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton(time ?? TimeProvider.System)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log))
            .Configure<FlexCrewOptions>(options =>
            {
                options.FlexAttemptTimeout = TimeSpan.FromSeconds(5);
                options.FlexTotalTimeout = TimeSpan.FromSeconds(10);
                options.FlexRetryDelay = TimeSpan.FromMilliseconds(5);
                options.FlexBreakDuration = TimeSpan.FromMilliseconds(500);
                options.UnknownOutcomeDelays = [TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(20),
                    TimeSpan.FromMilliseconds(40)];
                configure?.Invoke(options);
            })
            .AddFlexClient()
            .BuildServiceProvider(validateScopes: true);
    }

    public LogKeeper Log { get; } = new();

    public FlexScope Scope { get; } = new("correlation-1") { Guard = new OpenGuard() };

    public IFlexApi Api => services.GetRequiredService<IFlexApi>();

    public FlexLoad Load => services.GetRequiredService<FlexLoad>();

    public ICrewCallClient Client => services.GetRequiredService<ICrewCallClient>();

    /// <summary>One listing, in this harness's scope.</summary>
    public Task<FlexRead<IReadOnlyList<FlexContact>>> ListAsync(string elementId) =>
        Api.ListAsync(FlexListing.RowData, elementId, Scope, default);

    public ValueTask DisposeAsync() => services.DisposeAsync();
}

/// <summary>Refuses nothing.</summary>
internal sealed class OpenGuard : IWriteGuard
{
    public Task<WritePermission> AskAsync(IReadOnlyCollection<string> lineItemIds, CancellationToken cancellation) =>
        Task.FromResult(default(WritePermission));
}

/// <summary>Keeps every line of every logger, scopes and state included.</summary>
internal sealed class LogKeeper : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> lines = [];

    public string Text => string.Join('\n', lines);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull
    {
        lines.Enqueue($"{state}");
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue($"{logLevel} {formatter(state, exception)} {state} {exception}");

    public void Dispose() { }
}
