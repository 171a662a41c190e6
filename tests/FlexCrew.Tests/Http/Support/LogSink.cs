using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace FlexCrew.Tests.Http.Support;

/// <summary>Keeps everything that is logged, at every level, with its scopes.</summary>
internal sealed class LogSink : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<string> lines = new();
    private IExternalScopeProvider scopes = new LoggerExternalScopeProvider();

    internal IReadOnlyList<string> Lines => [.. lines];

    internal string Text => string.Join('\n', lines);

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

    public void Dispose()
    {
    }

    private sealed class Logger(LogSink sink, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => sink.scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var scope = new List<string>();
            sink.scopes.ForEachScope(
                (each, texts) =>
                    texts.Add(each is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs) : $"{each}"), scope);
            sink.lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {{{string.Join("; ", scope)}}} {exception}");
        }
    }
}
