using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace FlexCrewFunctions.Telemetry;

/// <summary>
/// Puts the id of the invocation into the scope of each log line. The Functions host shows a worker's line only when it
/// knows the invocation of it, and with OpenTelemetry switched on the worker names the id in a way the host does not read.
/// </summary>
internal sealed class InvocationScope(ILogger<InvocationScope> logger) : IFunctionsWorkerMiddleware
{
    /// <summary>The name under which the worker's log looks for the id.</summary>
    internal const string Key = "AzureFunctions_InvocationId";

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        using var scope = logger.BeginScope(new Dictionary<string, object> { [Key] = context.InvocationId });
        await next(context);
    }
}
