using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>Keeps every line that was logged, with its exception and scopes, as text.</summary>
internal sealed class LogKeeper : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<string> lines = new();
    private IExternalScopeProvider scopes = new LoggerExternalScopeProvider();

    public IReadOnlyCollection<string> Lines => lines;

    public string Text => string.Join('\n', lines);

    public ILogger CreateLogger(string categoryName) => new Keeper(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

    public void Dispose()
    {
    }

    private sealed class Keeper(LogKeeper keeper, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => keeper.scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = new System.Text.StringBuilder($"{logLevel} {category}: {formatter(state, exception)}");
            keeper.scopes.ForEachScope(
                (scope, text) => text.Append(" | ").Append(scope is IEnumerable<KeyValuePair<string, object>> pairs
                    ? string.Join(", ", pairs.Select(pair => $"{pair.Key}={pair.Value}"))
                    : scope),
                line);
            if (exception is not null) line.Append(" | ").Append(exception);
            keeper.lines.Enqueue(line.ToString());
        }
    }
}
