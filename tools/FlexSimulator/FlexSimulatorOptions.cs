namespace FlexSimulator;

/// <summary>What a simulator is started with; all of it can be left as it is.</summary>
public sealed class FlexSimulatorOptions
{
    /// <summary>The loopback port; 0 takes a free one.</summary>
    public int Port { get; set; }

    /// <summary>The path of the API.</summary>
    public string BasePath { get; set; } = "/f5/api";

    /// <summary>
    /// Seeds line ids, jitter and faults that come by chance; null takes a new one (see <see cref="FlexSimulatorServer.Seed"/>).
    /// </summary>
    public int? Seed { get; set; }

    /// <summary>How the API behaves.</summary>
    public FlexBehaviour Behaviour { get; set; } = new();

    /// <summary>How many requests the log remembers.</summary>
    public int LogCapacity { get; set; } = 20_000;
}
