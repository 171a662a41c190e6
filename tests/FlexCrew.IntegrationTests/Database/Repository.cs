namespace FlexCrew.IntegrationTests.Database;

/// <summary>The files of the repository that the tests run from.</summary>
public static class Repository
{
    /// <summary>The directory that <c>FlexCrew.sln</c> is in.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>FlexCrew's migrations, in order.</summary>
    public static IReadOnlyList<string> Migrations => Sql("migrations");

    /// <summary>The rollbacks, in the order in which they take the migrations back.</summary>
    public static IReadOnlyList<string> Rollbacks => [.. Sql("rollbacks").Reverse()];

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string[] Sql(string folder) =>
        [.. Directory.GetFiles(PathOf("supabase", folder), "*.sql").Order(StringComparer.Ordinal)];

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            if (File.Exists(Path.Combine(directory.FullName, "FlexCrew.sln")))
                return directory.FullName;
        throw new InvalidOperationException($"No FlexCrew.sln above {AppContext.BaseDirectory}");
    }
}
