namespace FlexCrew.Simulation.Scenarios;

/// <summary>
/// Chances by name: the same seed and name give the same number, whatever was asked before. So leaving one thing out
/// of a scenario leaves the luck of all others as it was, which is what makes scenarios shrink.
/// </summary>
internal sealed class Dice(int seed)
{
    /// <summary>A number from 0 up to 1.</summary>
    public double Of(string name)
    {
        var hash = 14695981039346656037UL ^ (uint)seed;
        foreach (var letter in name) hash = (hash ^ letter) * 1099511628211UL;
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
        return ((hash ^ (hash >> 31)) >> 11) / (double)(1UL << 53);
    }

    public T OneOf<T>(string name, params ReadOnlySpan<T> choices) => choices[(int)(Of(name) * choices.Length)];

    public TimeSpan Between(string name, double fromSeconds, double toSeconds) =>
        TimeSpan.FromSeconds(fromSeconds + (Of(name) * (toSeconds - fromSeconds)));
}
