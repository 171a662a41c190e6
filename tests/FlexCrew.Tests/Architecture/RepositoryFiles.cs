namespace FlexCrew.Tests.Architecture;

/// <summary>The repository that the tests were built from.</summary>
internal static class RepositoryFiles
{
    public static DirectoryInfo Root { get; } = Find();

    public static string PathOf(string relative) => Path.Combine(Root.FullName, relative);

    public static IEnumerable<FileInfo> Files(string folder, string pattern) =>
        new DirectoryInfo(PathOf(folder))
            .EnumerateFiles(pattern, SearchOption.AllDirectories)
            .Where(file => !file.FullName.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    private static DirectoryInfo Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "FlexCrew.sln")))
                return folder;
        throw new InvalidOperationException("The tests do not run within the repository");
    }
}
