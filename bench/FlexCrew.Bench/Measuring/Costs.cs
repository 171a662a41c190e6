namespace FlexCrew.Bench.Measuring;

/// <summary>What processes have used since they began, or in between.</summary>
internal readonly record struct Costs(TimeSpan Cpu, long AllocatedBytes)
{
    /// <summary>Those of this process.</summary>
    public static Costs OfThisProcess => new(Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true));

    public static Costs operator +(Costs one, Costs other) => new(one.Cpu + other.Cpu, one.AllocatedBytes + other.AllocatedBytes);

    public static Costs operator -(Costs later, Costs earlier) =>
        new(later.Cpu - earlier.Cpu, later.AllocatedBytes - earlier.AllocatedBytes);
}
