namespace FlexCrew.Bench.Measuring;

/// <summary>What is told of several values.</summary>
internal static class Statistics
{
    /// <summary>The middle one, or halfway between the two in the middle.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var ordered = values.Order().ToList();
        if (ordered.Count == 0) throw new ArgumentException("There is no median of nothing.", nameof(values));
        return (ordered[(ordered.Count - 1) / 2] + ordered[ordered.Count / 2]) / 2;
    }

    /// <summary>
    /// The smallest value that at least 95 of 100 do not exceed (nearest rank): with fewer than twenty values, the greatest.
    /// </summary>
    public static double Percentile95(IEnumerable<double> values)
    {
        var ordered = values.Order().ToList();
        if (ordered.Count == 0) throw new ArgumentException("There is no percentile of nothing.", nameof(values));
        return ordered[(int)Math.Ceiling(0.95 * ordered.Count) - 1];
    }
}
