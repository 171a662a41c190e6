namespace FlexCrew.Tests.Architecture;

public class FileSizeTests
{
    private const int MostColumns = 140;

    /// <summary>What has longer lines still. It only gets shorter; once it is empty it goes.</summary>
    private static readonly string[] NotYetWrapped =
    [
        "src/FlexCrew/", "src/FlexCrew.LocalHost/", "src/FlexCrewFunctions/", "bench/",
        "tests/FlexCrew.IntegrationTests/Crashes/", "tests/FlexCrew.IntegrationTests/Database/",
            "tests/FlexCrew.IntegrationTests/EndToEnd/",
        "tests/FlexCrew.IntegrationTests/Flex/", "tests/FlexCrew.IntegrationTests/Load/", "tests/FlexCrew.IntegrationTests/Audit/",
        "tests/FlexCrew.IntegrationTests/Simulator/", "tests/FlexCrew.Simulation/",
        "tests/FlexCrew.Tests/Architecture/DependencyTests.cs", "tests/FlexCrew.Tests/Architecture/TypeReferences.cs",
        "tests/FlexCrew.Tests/Database/", "tests/FlexCrew.Tests/Flex/", "tests/FlexCrew.Tests/Http/", "tests/FlexCrew.Tests/Locking/",
        "tests/FlexCrew.Tests/Security/", "tests/FlexCrew.Tests/Sync/", "tests/FlexCrew.Tests/Telemetry/", "tests/FlexCrewFunctions.Tests/",
        "tests/FlexCrew.IntegrationTests/Console/ConsoleReadTests.cs",
        "tests/FlexCrew.Tests/Hosting/StartCheckTests.cs",
        "tests/FlexCrew.Tests/Infrastructure/Template/FlexLimitTests.cs",
        "tests/FlexCrew.Tests/Infrastructure/Template/Prediction.cs",
        "tests/FlexCrew.Tests/Infrastructure/Template/WorkbookTests.cs",
        "tests/FlexCrew.Tests/Make.cs",
        "tools/FlexSimulator/Api/Pages.cs",
        "tools/FlexSimulator/Control/ControlWorld.cs",
    ];

    private static readonly List<(string Name, int Lines)> Sources =
        [.. RepositoryFiles.Files("src", "*.cs").Select(file => (file.Name, Lines(file))).OrderBy(source => source.Item2)];

    [Fact]
    public void No_source_file_is_longer_than_300_lines() => Assert.DoesNotContain(Sources, source => source.Lines > 300);

    [Fact]
    public void No_test_file_has_500_lines() =>
        Assert.DoesNotContain(RepositoryFiles.Files("tests", "*.cs").Select(file => (file.Name, Lines: Lines(file))), file =>
            file.Lines >= 500);

    [Fact]
    public void Half_of_them_have_at_most_70() => Assert.InRange(Sources[Sources.Count / 2].Lines, 1, 70);

    [Fact]
    public void No_line_is_longer_than_140_columns()
    {
        var tooLong =
            from folder in new[] { "src", "tests", "tools", "bench" }
            where RepositoryFiles.Exists(folder)
            from file in RepositoryFiles.Files(folder, "*.cs")
            let path = Path.GetRelativePath(RepositoryFiles.Root, file.FullName).Replace('\\', '/')
            where !NotYetWrapped.Any(prefix => path.StartsWith(prefix, StringComparison.Ordinal))
            from line in File.ReadLines(file.FullName).Select((text, index) => (text, Number: index + 1))
            where line.text.Length > MostColumns
            select $"{path}:{line.Number} has {line.text.Length} columns";
        Assert.Empty(tooLong);
    }

    private static int Lines(FileInfo file) => File.ReadLines(file.FullName).Count();
}
