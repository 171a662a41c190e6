using FlexCrewFunctions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Moq;

namespace FlexCrewFunctions.Tests.Telemetry;

public class InvocationScopeTests
{
    [Fact]
    public async Task Every_line_of_an_invocation_carries_its_id_under_the_name_that_the_worker_looks_for()
    {
        using var provider = new ScopeKeeper();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(provider));
        var context = new Mock<FunctionContext>();
        context.SetupGet(one => one.InvocationId).Returns("invocation-1");
        var logger = loggers.CreateLogger("anything");

        await new InvocationScope(loggers.CreateLogger<InvocationScope>()).Invoke(context.Object, async _ =>
        {
            await Task.Yield();
            logger.LogInformation("inside");
        });
        logger.LogInformation("outside");

        Assert.Equal(["inside: AzureFunctions_InvocationId=invocation-1", "outside: "], provider.Lines);
    }

    private sealed class ScopeKeeper : ILoggerProvider, ILogger, ISupportExternalScope
    {
        private IExternalScopeProvider scopes = new LoggerExternalScopeProvider();

        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => scopes.Push(state);

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> format)
        {
            var values = new List<string>();
            scopes.ForEachScope(
                (scope, all) =>
                    all.AddRange(((IEnumerable<KeyValuePair<string, object>>)scope!).Select(pair => $"{pair.Key}={pair.Value}")), values);
            Lines.Add($"{format(state, exception)}: {string.Join(' ', values)}");
        }

        public void Dispose()
        {
        }
    }
}
