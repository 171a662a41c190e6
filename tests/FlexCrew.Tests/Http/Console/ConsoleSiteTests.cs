using System.Text.RegularExpressions;
using FlexCrew.Comparison;
using FlexCrew.Http;

namespace FlexCrew.Tests.Http.Console;

/// <summary>The files of the console hold together: what they name is there, in both languages, and nothing comes from elsewhere.</summary>
public sealed partial class ConsoleSiteTests
{
    private static readonly IReadOnlyDictionary<string, string> Files = ConsoleSite.Names
        .Where(name => name.StartsWith("console/", StringComparison.Ordinal))
        .ToDictionary(name => name["console/".Length..], name => ConsoleSite.Read(name)!);

    private static readonly IReadOnlyDictionary<string, string> English = Texts("text-en.js");

    /// <summary>Texts that are the same in Spanish.</summary>
    private static readonly string[] SameInBoth = ["chart.limit"];

    private static readonly string Code = string.Concat(Files
        .Where(file => file.Key.EndsWith(".js", StringComparison.Ordinal) && !file.Key.StartsWith("text-", StringComparison.Ordinal))
        .Select(file => file.Value));

    [Fact]
    public void No_file_is_longer_than_300_lines() => Assert.All(Files, file => Assert.InRange(file.Value.Split('\n').Length, 1, 301));

    [Fact]
    public void Every_file_that_the_page_or_a_module_names_is_there()
    {
        var named = Files.SelectMany(file => NamedFile().Matches(file.Value)).Select(match => match.Groups[1].Value).ToHashSet();

        Assert.Superset(new HashSet<string> { "app.js", "dom.js", "console.css", "icon.svg" }, named);
        Assert.Empty(named.Except(Files.Keys));
        Assert.Equal(["index.html"], Files.Keys.Except(named));
    }

    [Fact]
    public void Every_module_is_preloaded_so_that_none_waits_for_another()
    {
        var preloaded = Preload().Matches(Files["index.html"]).Select(match => match.Groups[1].Value);

        Assert.Equal(
            Files.Keys.Where(name => name.EndsWith(".js", StringComparison.Ordinal)).Except(["app.js"]).Order(), preloaded.Order());
    }

    [Fact]
    public void Nothing_is_loaded_from_elsewhere_and_nothing_stands_inline() => Assert.All(
        Files.Where(file => !file.Key.EndsWith(".svg", StringComparison.Ordinal)),
        file => Assert.DoesNotMatch(
            @"(src|href|from|import|url)\s*[=(]?\s*['""(]?(https?:)?//|innerHTML|\beval\(|new Function|<style|\sstyle=", file.Value));

    [Fact]
    public void Both_languages_have_the_same_texts_with_the_same_gaps()
    {
        var spanish = Texts("text-es.js");

        Assert.True(English.Count > 150);
        Assert.Equal(English.Keys.Order(), spanish.Keys.Order());
        Assert.All(English, text => Assert.Equal(Gaps(text.Value), Gaps(spanish[text.Key])));
        Assert.DoesNotContain(
            English.Keys, key => English[key] == spanish[key] && English[key].Any(char.IsLetter) && !SameInBoth.Contains(key));
    }

    [Fact]
    public void Every_text_that_the_code_asks_for_is_there_and_none_is_left_over()
    {
        var asked = AskedText().Matches(Code).Select(match => match.Groups[1].Value).ToHashSet();
        Assert.NotEmpty(asked);
        Assert.Empty(asked.Except(English.Keys));

        var families = FamilyOfTexts().Matches(Code).Select(match => match.Groups[1].Value).Append("stage.").ToHashSet();
        Assert.DoesNotContain(English.Keys, key =>
            !asked.Contains(key.EndsWith(".one", StringComparison.Ordinal) ? key[..^4] : key)
            && !families.Any(key.StartsWith)
            && !Code.Contains($"'{key}'", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_kind_of_difference_and_every_department_has_words()
    {
        Assert.All(DifferenceKinds.All, kind => Assert.Contains($"kind.{kind}", English.Keys));
        Assert.All(Departments.All, department => Assert.Contains($"department.{department}", English.Keys));
    }

    [Fact]
    public void Every_section_of_the_runbook_that_is_linked_to_exists()
    {
        var sections = File.ReadLines(RepositoryFiles.PathOf("docs/runbook.md"))
            .Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..].ToLowerInvariant().Replace(' ', '-'))
                .ToList();
        var linked = Anchor().Matches(Code).Select(match => match.Groups[1].Value).ToHashSet();

        Assert.Contains("flex-is-down", linked);
        Assert.Empty(linked.Except(sections));
        var page = ConsoleDocument.Page("runbook.md", ConsoleSite.Read("docs/runbook.md")!);
        Assert.All(linked, anchor => Assert.Contains($"id=\"{anchor}\"", page, StringComparison.Ordinal));
    }

    private static Dictionary<string, string> Texts(string file) => TextEntry().Matches(Files[file])
        .ToDictionary(
            entry => entry.Groups[1].Value, entry =>
                string.Concat(TextPart().Matches(entry.Groups[2].Value).Select(part => part.Groups[1].Value)));

    private static IEnumerable<string> Gaps(string text) => Gap().Matches(text).Select(match => match.Value).Distinct().Order();

    [GeneratedRegex(@"(?:console/assets/|\./|url\()([a-z0-9-]+\.(?:js|css|svg))")]
    private static partial Regex NamedFile();

    [GeneratedRegex(@"modulepreload"" href=""console/assets/([a-z0-9-]+\.js)")]
    private static partial Regex Preload();

    [GeneratedRegex(@"^  '?([^':]+)'?:\s*((?:\s*\+?\s*'(?:[^'\\]|\\.)*')+),$", RegexOptions.Multiline)]
    private static partial Regex TextEntry();

    [GeneratedRegex(@"'((?:[^'\\]|\\.)*)'")]
    private static partial Regex TextPart();

    [GeneratedRegex(@"\bt\('([^']+)'")]
    private static partial Regex AskedText();

    [GeneratedRegex(@"`([a-z]+\.)\$\{")]
    private static partial Regex FamilyOfTexts();

    [GeneratedRegex(@"'((?:a|the|flex|someone|no)-[a-z]+-[a-z-]+)'")]
    private static partial Regex Anchor();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Gap();
}
