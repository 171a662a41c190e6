using System.Diagnostics;
using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Locking;
using Microsoft.Extensions.Logging;

namespace FlexCrew.Sync;

/// <summary>
/// Runs a step where it has its effects: in an activity, or in LocalHost's process. Checks the fencing token before
/// a step that writes, turns expected failures into values, and counts what the step sent to Flex.
/// Exceptions that nobody foresaw pass: the host decides about those.
/// </summary>
/// <param name="fence">Says whether the grant is still the newest.</param>
/// <param name="logger">Gets a line per failed step.</param>
public sealed class StepRunner(ILeaseFence fence, ILogger<StepRunner> logger)
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
            if (step.Writes && !await fence.IsCurrentAsync(new LeaseKey(run.JobId, run.Department), run.Token, cancellation))
                throw new StepFailedException(new Failure(FailureKind.LeaseLost, "The lease of this crew call was taken over by another sync"));
            var value = await body.RunAsync(input, scope, cancellation);
            return new StepResult<TOut>(value, null, scope.Requests, scope.Unknowns);
        }
        catch (StepFailedException failed)
        {
            return Failed(failed.Failure);
        }
        catch (DatabaseException failed)
        {
            return Failed(failed.ToFailure(), failed);
        }

        StepResult<TOut> Failed(Failure failure, Exception? cause = null)
        {
            activity?.SetStatus(ActivityStatusCode.Error, failure.Message);
            logger.LogWarning(cause, "Step {Step} failed: {Kind}: {Message}", step.Name, failure.Kind, failure.Message);
            return new StepResult<TOut>(null, failure, scope.Requests, scope.Unknowns);
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

/// <summary>Carries an expected failure from within a step to <see cref="StepRunner"/>; never leaves it.</summary>
/// <param name="failure">The failure.</param>
public sealed class StepFailedException(Failure failure) : Exception(failure.Message)
{
    /// <summary>The failure.</summary>
    public Failure Failure { get; } = failure;
}
