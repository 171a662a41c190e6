namespace FlexCrew.Tests.Architecture;

public class FileSizeTests
{
    private static readonly List<(string Name, int Lines)> Sources =
        [.. RepositoryFiles.Files("src", "*.cs").Select(file => (file.Name, File.ReadLines(file.FullName).Count())).OrderBy(source => source.Item2)];

    [Fact]
    public void No_source_file_is_longer_than_300_lines() => Assert.DoesNotContain(Sources, source => source.Lines > 300);

    [Fact]
    public void Half_of_them_have_at_most_70() => Assert.InRange(Sources[Sources.Count / 2].Lines, 1, 70);
}
