using FlexCrew.Contract;
using FlexCrew.Flex;
using FlexCrew.Http.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FlexCrew.Http.Endpoints;

/// <summary>
/// Starts a run for a request and waits for its result as long as the request wants; or answers, for a dry run, what one would do. Both
/// need the token for Flex.
/// </summary>
/// <param name="runs">The runs of the host.</param>
/// <param name="planner">Answers dry runs. Made when there is one, since it needs the Flex token.</param>
/// <param name="configuration">Tells whether there is a Flex token.</param>
/// <param name="options">How long to wait, and the public URL.</param>
/// <param name="logger">The log.</param>
public sealed class RunStarter(
    ISyncRuns runs,
    Func<ISyncPlanner> planner,
    IConfiguration configuration,
    IOptions<FlexCrewOptions> options,
    ILogger<RunStarter> logger)
{
    /// <summary>Whether there is a token for Flex: without one no run is begun.</summary>
    internal bool HasFlexToken => FlexCredentials.HasToken(configuration);

    /// <summary>Answers what a run would do.</summary>
    internal async Task<Reply> PlanAsync(PlanRequest request, CancellationToken cancellation) =>
        Replies.Json(200, await planner().PlanAsync(request, cancellation));

    /// <summary>Starts the run; answers its result, or 202 with the way back to it when it has none in time.</summary>
    internal async Task<Reply> AnswerAsync(
        HttpContext context, SyncJobRequest request, Func<SyncRun, Reply> ended, Func<StatusLink, Reply> stillRunning)
    {
        var preference = Prefer.Parse(context.Request.Headers["Prefer"]);
        var atMost = preference.Limit(options.Value.WaitForResult);
        await runs.StartAsync(request, CancellationToken.None);
        var run = atMost > TimeSpan.Zero ? await WaitAsync(request.InstanceId, atMost, context.RequestAborted) : null;
        if (run is { IsEnded: true })
            return ended(run);

        var link = StatusLink.To(request.InstanceId, context.Request, options.Value.PublicBaseUrl);
        var reply = stillRunning(link).With(HeaderName.Location, link.Relative).With(HeaderName.RetryAfter, SyncReplies.RetryAfter);
        return preference.RespondAsync ? reply.With(HeaderName.PreferenceApplied, "respond-async") : reply;
    }

    /// <summary>The run once it ended, or when the time is over; null when it cannot be seen just now: it goes on all the same.</summary>
    private async Task<SyncRun?> WaitAsync(string instanceId, TimeSpan atMost, CancellationToken cancellation)
    {
        try
        {
            return await runs.WaitAsync(instanceId, atMost, cancellation);
        }
        catch (Exception unseen) when (unseen is not OperationCanceledException)
        {
            logger.LogWarning(unseen, "The status of a run that was started could not be read");
            return null;
        }
    }
}
