namespace FlexCrew.Tests.Infrastructure;

/// <summary>Finds the files of the repository that are not compiled.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    public static string Bicep => Path.Combine(Root, "infra", "bicep");

    public static string Text(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    public static bool Exists(string path) => File.Exists(Path.Combine(Root, path)) || Directory.Exists(Path.Combine(Root, path));

    public static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"))
            .Select(File.ReadAllText);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "FlexCrew.sln")))
                return folder.FullName;
        throw new InvalidOperationException("No FlexCrew.sln above the tests.");
    }
}
