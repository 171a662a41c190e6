namespace FlexCrew.Tests.Infrastructure.Bicep;

/// <summary>A statement at the top level of a file: its keyword, the name it declares, and everything after that.</summary>
internal sealed record BicepStatement(string Keyword, string Name, IReadOnlyList<BicepToken> Decorators, IReadOnlyList<BicepToken> Body)
{
    public bool IsSecure => Decorators.Any(token => token.IsWord("secure"));

    public bool IsExisting => Body.Any(token => token.IsWord("existing"));

    /// <summary>A parameter that must be given: it has no default and its type is not nullable.</summary>
    public bool IsRequired => Keyword == "param" && AtDepthZero("=") < 0 && !Body[^1].Is("?");

    /// <summary>The tokens of the value, or of the default.</summary>
    public IReadOnlyList<BicepToken> Value => AtDepthZero("=") is >= 0 and var equals ? [.. Body.Skip(equals + 1)] : [];

    /// <summary>The first string of the body: the type of a resource, the path of a module or of an import.</summary>
    public string? Path => Body.FirstOrDefault(token => token.Kind == BicepTokenKind.String)?.Text;

    /// <summary>The parameters of a function: <c>(a string, b int)</c>.</summary>
    public IEnumerable<string> FunctionParameters() =>
        Keyword != "func" ? [] : Body.TakeWhile(token => !token.Is("=>")).Zip(Body.Skip(1))
            .Where(pair => pair.First.Is("(") || pair.First.Is(",")).Select(pair => pair.Second.Text);

    private int AtDepthZero(string symbol)
    {
        var depth = 0;
        for (var i = 0; i < Body.Count; i++)
        {
            if (Body[i].Text is "(" or "{" or "[" && Body[i].Kind == BicepTokenKind.Symbol) depth++;
            if (Body[i].Text is ")" or "}" or "]" && Body[i].Kind == BicepTokenKind.Symbol) depth--;
            if (depth == 0 && Body[i].Is(symbol)) return i;
        }

        return -1;
    }
}
