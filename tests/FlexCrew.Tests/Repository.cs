namespace FlexCrew.Tests;

/// <summary>Finds files of the repository that the tests run in.</summary>
public static class Repository
{
    private static readonly string Root = Find(AppContext.BaseDirectory);

    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    private static string Find(string directory) =>
        File.Exists(System.IO.Path.Combine(directory, "FlexCrew.sln")) ? directory : Find(System.IO.Path.GetDirectoryName(directory)!);
}
