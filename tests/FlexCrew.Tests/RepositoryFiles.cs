namespace FlexCrew.Tests;

/// <summary>The files of the repository that the tests were built from.</summary>
internal static class RepositoryFiles
{
    /// <summary>The folder that <c>FlexCrew.sln</c> is in.</summary>
    public static string Root { get; } = Find();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    public static string Text(params string[] parts) => File.ReadAllText(PathOf(parts));

    public static bool Exists(string relative) => Path.Exists(PathOf(relative));

    /// <summary>What somebody wrote: nothing that a build or an installation put there.</summary>
    public static IEnumerable<FileInfo> Files(string folder, string pattern) =>
        new DirectoryInfo(PathOf(folder))
            .EnumerateFiles(pattern, SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(Root, file.FullName).Split(Path.DirectorySeparatorChar)
                .Any(part => part is "bin" or "obj" or ".local" or "node_modules" or ".git"));

    /// <summary>The text of every C# file of the product.</summary>
    public static IEnumerable<string> Sources() => Files("src", "*.cs").Select(file => File.ReadAllText(file.FullName));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "FlexCrew.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"No FlexCrew.sln above {AppContext.BaseDirectory}");
    }
}
