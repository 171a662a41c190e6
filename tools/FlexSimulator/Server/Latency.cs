namespace FlexSimulator;

/// <summary>How long each request takes.</summary>
internal sealed class Latency(int seed)
{
    private readonly Lock gate = new();
    private readonly Random random = new(seed);

    public TimeSpan Next(FlexBehaviour behaviour)
    {
        if (behaviour.Jitter <= TimeSpan.Zero) return behaviour.Latency;
        lock (gate) return behaviour.Latency + behaviour.Jitter * random.NextDouble();
    }
}
