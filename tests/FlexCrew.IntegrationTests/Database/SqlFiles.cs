using FlexCrew.Tests;

namespace FlexCrew.IntegrationTests.Database;

/// <summary>The SQL that an operator runs.</summary>
internal static class SqlFiles
{
    /// <summary>FlexCrew's migrations, in order.</summary>
    public static IReadOnlyList<string> Migrations => Sql("migrations");

    /// <summary>The rollbacks, in the order in which they take the migrations back.</summary>
    public static IReadOnlyList<string> Rollbacks => [.. Sql("rollbacks").Reverse()];

    private static string[] Sql(string folder) =>
        [.. Directory.GetFiles(RepositoryFiles.PathOf("supabase", folder), "*.sql").Order(StringComparer.Ordinal)];
}
