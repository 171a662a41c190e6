using System.Text.RegularExpressions;

namespace FlexCrew.Tests.Architecture;

/// <summary>The glossary says what the code calls each thing: a name that is changed in the code is changed there too.</summary>
public sealed partial class GlossaryTests
{
    private static readonly List<(string Word, string Meaning, string Code)> Entries =
        [.. Entry().Matches(RepositoryFiles.Text("docs", "glossary.md")).Select(row =>
            (row.Groups[1].Value.Trim(), row.Groups[2].Value.Trim(), row.Groups[3].Value.Trim()))];

    [Fact]
    public void Every_name_that_it_gives_stands_in_the_code()
    {
        var words = RepositoryFiles.Sources().SelectMany(source => Word().Matches(source)).Select(word => word.Value).ToHashSet();
        var names = Entries.SelectMany(entry => Name().Matches(entry.Code)).Select(name => name.Groups[1].Value).ToList();

        Assert.InRange(names.Count, 40, 200);
        Assert.All(names, name => Assert.True(
            name.EndsWith('…')
                ? words.Any(word => word.StartsWith(name.TrimEnd('…'), StringComparison.Ordinal))
                : name.Split('.').All(words.Contains),
            $"the code has no {name}"));
    }

    [Fact]
    public void Every_word_has_one_entry_and_a_meaning()
    {
        Assert.Empty(Entries.GroupBy(entry => entry.Word).Where(same => same.Count() > 1).Select(same => same.Key));
        Assert.All(Entries, entry => Assert.NotEmpty(entry.Meaning));
    }

    [GeneratedRegex(@"^\| (?!word \|)([a-z][^|]*)\|([^|]*)\|([^|\n]*)\|$", RegexOptions.Multiline)]
    private static partial Regex Entry();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
