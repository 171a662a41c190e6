using System.Text.RegularExpressions;

namespace FlexCrew.Tests.Architecture;

public sealed partial class LinkTests
{
    [Fact]
    public void Every_relative_link_of_the_documents_leads_somewhere()
    {
        var documents = RepositoryFiles.Files("docs", "*.md").Append(new FileInfo(RepositoryFiles.PathOf("README.md"))).ToList();
        var links = documents.SelectMany(LinksOf).ToList();

        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.True(Path.Exists(link.Path), $"{link.Document}: {link.Target} leads nowhere"));
    }

    private static IEnumerable<(string Document, string Target, string Path)> LinksOf(FileInfo document) =>
        from match in Link().Matches(CodeBlock().Replace(File.ReadAllText(document.FullName), ""))
        let target = match.Groups[1].Value
        let path = target.Split('#')[0]
        where path.Length > 0 && !Elsewhere().IsMatch(target)
        select (document.Name, target, Path.Combine(document.DirectoryName!, path));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^[a-z][a-z0-9+.-]*:", RegexOptions.IgnoreCase)]
    private static partial Regex Elsewhere();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
