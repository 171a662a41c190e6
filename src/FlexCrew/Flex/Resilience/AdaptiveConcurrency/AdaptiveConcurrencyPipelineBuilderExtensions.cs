using Polly;

namespace FlexCrew.Flex.Resilience.AdaptiveConcurrency;

/// <summary>Adds the strategy to a pipeline.</summary>
internal static class AdaptiveConcurrencyPipelineBuilderExtensions
{
    /// <summary>Adds a limit on the attempts under way at once that follows what the other side takes.</summary>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">An option is out of its range.</exception>
    public static ResiliencePipelineBuilder<TResult> AddAdaptiveConcurrency<TResult>(
        this ResiliencePipelineBuilder<TResult> builder, AdaptiveConcurrencyStrategyOptions<TResult> options) =>
        builder.AddStrategy(_ => Strategy(options, builder.TimeProvider ?? TimeProvider.System), options);

    private static AdaptiveConcurrencyStrategy<TResult> Strategy<TResult>(
        AdaptiveConcurrencyStrategyOptions<TResult> options, TimeProvider time)
    {
        var limiter = new AdaptiveLimiter(options.InitialLimit, options.Ceiling, options.ObjectionMemory, time);
        options.Limit?.Show(limiter);
        return new AdaptiveConcurrencyStrategy<TResult>(limiter, options.Judge);
    }
}
