namespace FlexCrew.IntegrationTests;

/// <summary>Tests that measure time or use the whole machine: they run one after the other, when all others are done.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
