using System.ComponentModel.DataAnnotations;
using Polly;

namespace FlexCrew.Flex.Resilience.AdaptiveConcurrency;

/// <summary>The options of the adaptive concurrency strategy; Polly validates them when the pipeline is built.</summary>
internal sealed class AdaptiveConcurrencyStrategyOptions<TResult> : ResilienceStrategyOptions, IValidatableObject
{
    public AdaptiveConcurrencyStrategyOptions() => Name = "AdaptiveConcurrency";

    /// <summary>Attempts that may be under way at once before anything is known about the other side. Default 8.</summary>
    [Range(1, 1_000)]
    public int InitialLimit { get; set; } = AdaptiveLimiter.DefaultInitialLimit;

    /// <summary>Attempts that may ever be under way at once. Default 16.</summary>
    [Range(1, 1_000)]
    public int Ceiling { get; set; } = AdaptiveLimiter.DefaultCeiling;

    /// <summary>How long the limit stays below the number at which the other side last objected. Default 30 s.</summary>
    public TimeSpan ObjectionMemory { get; set; } = AdaptiveLimiter.DefaultObjectionMemory;

    /// <summary>Tells what the outcome of an attempt says. Required.</summary>
    [Required]
    public Func<AdaptiveConcurrencyArguments<TResult>, ConcurrencySignal> Judge { get; set; } = null!;

    /// <summary>Shows the limit to whoever wants to follow it. Default: nobody.</summary>
    public ConcurrencyLimit? Limit { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (InitialLimit > Ceiling)
            yield return new($"{nameof(InitialLimit)} must be at most {nameof(Ceiling)}.", [nameof(InitialLimit), nameof(Ceiling)]);
        if (ObjectionMemory < TimeSpan.Zero)
            yield return new($"{nameof(ObjectionMemory)} must not be negative.", [nameof(ObjectionMemory)]);
    }
}
