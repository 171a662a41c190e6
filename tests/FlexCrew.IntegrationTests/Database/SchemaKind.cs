namespace FlexCrew.IntegrationTests.Database;

/// <summary>The state of a test's database.</summary>
public enum SchemaKind
{
    /// <summary>No table at all.</summary>
    Empty,

    /// <summary>The tables of production, before FlexCrew's migrations.</summary>
    Production,

    /// <summary>The older schema: no unique constraint, line items of type text. Before FlexCrew's migrations.</summary>
    Adr,

    /// <summary>The tables of production with FlexCrew's migrations.</summary>
    Migrated,

    /// <summary>The older schema with FlexCrew's migrations.</summary>
    MigratedAdr,
}
