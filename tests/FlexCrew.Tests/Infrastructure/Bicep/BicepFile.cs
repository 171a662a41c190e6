namespace FlexCrew.Tests.Infrastructure.Bicep;

/// <summary>A Bicep file as its top-level statements.</summary>
internal sealed class BicepFile
{
    private static readonly string[] Keywords =
        ["targetScope", "import", "param", "var", "resource", "module", "output", "func", "type", "using"];

    private BicepFile(string name, string text)
    {
        Name = name;
        Tokens = BicepTokenizer.Tokens(text);
        Statements = [.. Split(Tokens)];
    }

    public string Name { get; }

    public IReadOnlyList<BicepToken> Tokens { get; }

    public IReadOnlyList<BicepStatement> Statements { get; }

    public static BicepFile Parse(string text) => new("text", text);

    public static BicepFile Load(string relative) => new(relative, File.ReadAllText(Path.Combine(RepositoryFiles.Bicep, relative)));

    public static IEnumerable<BicepFile> All() => Names("*.bicep").Select(Load);

    public static IEnumerable<string> Names(string pattern) =>
        Directory.EnumerateFiles(RepositoryFiles.Bicep, pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(RepositoryFiles.Bicep, path)).Order(StringComparer.Ordinal);

    public IEnumerable<BicepStatement> Of(params string[] keywords) => Statements.Where(statement => keywords.Contains(statement.Keyword));

    public BicepStatement Find(string keyword, string name) => Of(keyword).Single(statement => statement.Name == name);

    /// <summary>Every token, those inside interpolations too.</summary>
    public IEnumerable<BicepToken> AllTokens() => Tokens.SelectMany(token => token.WithInterpolations());

    private static IEnumerable<BicepStatement> Split(IReadOnlyList<BicepToken> tokens)
    {
        var starts = new List<int>();
        var depth = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            var begins = depth == 0 && (i == 0 || tokens[i - 1].Line < tokens[i].Line);
            if (begins && (tokens[i].Is("@") || (tokens[i].Kind == BicepTokenKind.Word && Keywords.Contains(tokens[i].Text)))) starts.Add(i);
            if (tokens[i].Kind != BicepTokenKind.Symbol) continue;
            if (tokens[i].Text is "(" or "{" or "[" or "[?") depth++;
            if (tokens[i].Text is ")" or "}" or "]") depth--;
        }

        var decorators = new List<BicepToken>();
        foreach (var (start, end) in starts.Zip(starts.Skip(1).Append(tokens.Count)))
        {
            var piece = tokens.Skip(start).Take(end - start).ToList();
            if (piece[0].Is("@"))
            {
                decorators.AddRange(piece);
                continue;
            }

            var named = piece[0].Text is not ("targetScope" or "import" or "using");
            yield return new BicepStatement(piece[0].Text, named ? piece[1].Text : "", [.. decorators], [.. piece.Skip(named ? 2 : 1)]);
            decorators.Clear();
        }
    }
}
