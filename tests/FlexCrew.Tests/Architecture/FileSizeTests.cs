using System.Text.RegularExpressions;

namespace FlexCrew.Tests.Architecture;

public partial class FileSizeTests
{
    private const int MostColumns = 140;

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

    /// <summary>A text is not broken: what stands in quotes does not count, nor what stands in a raw string of several lines.</summary>
    [Fact]
    public void No_line_is_longer_than_140_columns()
    {
        var tooLong =
            from folder in new[] { "src", "tests", "tools", "bench" }
            from file in RepositoryFiles.Files(folder, "*.cs")
            from line in LinesOfCode(file)
            where line.Columns > MostColumns
            select $"{Path.GetRelativePath(RepositoryFiles.Root, file.FullName)}:{line.Number} has {line.Columns} columns";
        Assert.Empty(tooLong);
    }

    private static IEnumerable<(int Number, int Columns)> LinesOfCode(FileInfo file)
    {
        var isRaw = false;
        foreach (var (index, text) in File.ReadLines(file.FullName).Index())
        {
            if (!isRaw) yield return (index + 1, Literal().Replace(text, "\"\"").Length);
            if ((text.Split("\"\"\"").Length - 1) % 2 == 1) isRaw = !isRaw;
        }
    }

    [GeneratedRegex("""(?:"{3}.*?(?:"{3}|$))|(?:"(?:\\.|[^"\\])*")""")]
    private static partial Regex Literal();

    private static int Lines(FileInfo file) => File.ReadLines(file.FullName).Count();
}
