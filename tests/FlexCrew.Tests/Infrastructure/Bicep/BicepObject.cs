namespace FlexCrew.Tests.Infrastructure.Bicep;

/// <summary>Looks into object literals: which properties they have, and with what values.</summary>
internal static class BicepObject
{
    /// <summary>Every <c>key: value</c> in the tokens, at any depth, as the key and the tokens of its value.</summary>
    public static IEnumerable<(string Key, IReadOnlyList<BicepToken> Value)> Properties(IReadOnlyList<BicepToken> tokens)
    {
        for (var i = 0; i < tokens.Count - 1; i++)
            if (IsKey(tokens, i))
                yield return (tokens[i].Text, [.. ValueFrom(tokens, i + 2)]);
    }

    /// <summary>The value of a property that occurs once.</summary>
    public static IReadOnlyList<BicepToken> Single(IReadOnlyList<BicepToken> tokens, string key) =>
        Properties(tokens).Where(property => property.Key == key).Select(property => property.Value).Single();

    /// <summary>The properties of the first object in the tokens that follows <paramref name="key"/>, not those inside them.</summary>
    public static IReadOnlyList<string> KeysOf(IReadOnlyList<BicepToken> tokens, string key)
    {
        var value = Single(tokens, key);
        var keys = new List<string>();
        var depth = 0;
        for (var i = 0; i < value.Count; i++)
        {
            if (depth == 1 && IsKey(value, i)) keys.Add(value[i].Text);
            depth += Step(value[i]);
        }

        return keys;
    }

    /// <summary>Whether the token is the key of a property, and not the branch of a conditional.</summary>
    public static bool IsKey(IReadOnlyList<BicepToken> tokens, int i) =>
        i + 1 < tokens.Count && tokens[i + 1].Is(":") && tokens[i].Kind is BicepTokenKind.Word or BicepTokenKind.String
        && i > 0 && (tokens[i - 1].Is("{") || tokens[i - 1].Is(",") || tokens[i - 1].Line < tokens[i].Line);

    private static IEnumerable<BicepToken> ValueFrom(IReadOnlyList<BicepToken> tokens, int start)
    {
        var depth = 0;
        for (var i = start; i < tokens.Count; i++)
        {
            depth += Step(tokens[i]);
            if (depth < 0) yield break;
            if (depth == 0 && i > start && (tokens[i].Is(",") || IsKey(tokens, i))) yield break;
            yield return tokens[i];
        }
    }

    private static int Step(BicepToken token) => token.Kind != BicepTokenKind.Symbol ? 0
        : token.Text is "(" or "{" or "[" or "[?" ? 1
        : token.Text is ")" or "}" or "]" ? -1 : 0;
}
