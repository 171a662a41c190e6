using Polly;

namespace FlexCrew.Flex.Resilience.AdaptiveConcurrency;

/// <summary>What <see cref="AdaptiveConcurrencyStrategyOptions{TResult}.Judge"/> is given.</summary>
/// <param name="Context">The context of the call.</param>
/// <param name="Outcome">How the attempt ended.</param>
internal readonly record struct AdaptiveConcurrencyArguments<TResult>(ResilienceContext Context, Outcome<TResult> Outcome);
