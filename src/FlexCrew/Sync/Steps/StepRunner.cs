using System.Diagnostics;
using FlexCrew.Database;
using FlexCrew.Flex;
using Microsoft.Extensions.Logging;

namespace FlexCrew.Sync;

/// <summary>
/// Runs a step where it has its effects: in an activity, or in LocalHost's process. Turns expected failures into values, and counts what
/// the step sent to Flex. Exceptions that nobody foresaw pass: the host decides about those.
/// </summary>
/// <param name="logger">Gets a line per failed step.</param>
public sealed class StepRunner(ILogger<StepRunner> logger)
{
    /// <summary>Runs <paramref name="body"/> as <paramref name="step"/>.</summary>
    public async Task<StepResult<TOut>> RunAsync<TIn, TOut>(
        Step<TIn, TOut> step, ICrewSyncStep<TIn, TOut> body, TIn input, CancellationToken cancellation)
        where TIn : IStepInput
        where TOut : class
    {
        var run = input.Run;
        var scope = new FlexScope(run.CorrelationId);
        using var activity = Telemetry.SyncTelemetry.StartStep(step.Name, run.JobId, run.Department, run.InstanceId, run.CorrelationId);
        using var logScope = logger.BeginScope(new Dictionary<string, object>
        {
            ["JobId"] = run.JobId, ["Department"] = run.Department, ["InstanceId"] = run.InstanceId, ["CorrelationId"] = run.CorrelationId,
        });
        try
        {
            var value = await body.RunAsync(input, scope, cancellation);
            return new StepResult<TOut>(value, null, scope.Requests, scope.Unknowns, scope.Passes);
        }
        catch (Exception failed) when (ExpectedFailure.Of(failed) is { } failure)
        {
            activity?.SetStatus(ActivityStatusCode.Error, failure.Message);
            logger.LogWarning(
                failed as DatabaseException, "Step {Step} failed: {Kind}: {Message}", step.Name, failure.Kind, failure.Message);
            return new StepResult<TOut>(null, failure, scope.Requests, scope.Unknowns, scope.Passes);
        }
    }
}

/// <summary>The body of a step.</summary>
public interface ICrewSyncStep<TIn, TOut>
    where TIn : IStepInput
    where TOut : class
{
    /// <summary>Does it. Fails by <see cref="StepFailedException"/> or <see cref="DatabaseException"/>.</summary>
    Task<TOut> RunAsync(TIn input, FlexScope scope, CancellationToken cancellation);
}

/// <summary>Tells the failures that a step, or whoever reads as a step does, turns into values.</summary>
internal static class ExpectedFailure
{
    /// <summary>The failure that the exception carries; null when nobody foresaw it, so that it passes.</summary>
    public static Failure? Of(Exception exception) => exception switch
    {
        StepFailedException failed => failed.Failure,
        DatabaseException failed => failed.ToFailure(),
        _ => null,
    };
}

/// <summary>Carries an expected failure from within a step to <see cref="StepRunner"/>; never leaves it.</summary>
/// <param name="failure">The failure.</param>
public sealed class StepFailedException(Failure failure) : Exception(failure.Message)
{
    /// <summary>The failure.</summary>
    public Failure Failure { get; } = failure;

    /// <summary>Another run writes to the crew call now.</summary>
    internal static StepFailedException LeaseLost() =>
        new(new Failure(FailureKind.LeaseLost, "Another sync has taken this crew call over"));
}
