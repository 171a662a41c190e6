namespace FlexCrew.Tests.Infrastructure.Bicep;

/// <summary>Evaluates the expressions that names are made of: strings, variables, parameters and a few functions.</summary>
internal sealed class BicepExpression(BicepFile file, IReadOnlyDictionary<string, string> parameters)
{
    /// <summary>What <c>uniqueString</c> yields: always 13 lower-case letters and digits.</summary>
    public const string Unique = "abcdefghijk12";

    public string Evaluate(IReadOnlyList<BicepToken> tokens)
    {
        var at = 0;
        var value = Value(tokens, ref at);
        return at == tokens.Count ? value : throw new NotSupportedException($"after '{tokens[at - 1].Text}' on line {tokens[at - 1].Line}");
    }

    private string Value(IReadOnlyList<BicepToken> tokens, ref int at)
    {
        var token = tokens[at++];
        if (token.Kind == BicepTokenKind.Number) return token.Text;
        if (token.Kind == BicepTokenKind.String)
            return string.Concat(token.Parts!.Select(part => part.Literal ?? Evaluate(part.Expression!)));
        if (token.Kind != BicepTokenKind.Word) throw new NotSupportedException(token.Text);
        return at < tokens.Count && tokens[at].Is("(") ? Call(token.Text, Arguments(tokens, ref at), tokens, ref at) : Named(token.Text);
    }

    private string Named(string name) =>
        parameters.TryGetValue(name, out var given) ? given
        : Evaluate(file.Of("var", "param").Single(statement => statement.Name == name).Value);

    private List<string> Arguments(IReadOnlyList<BicepToken> tokens, ref int at)
    {
        var arguments = new List<string>();
        for (at++; !tokens[at].Is(")");)
        {
            arguments.Add(Value(tokens, ref at));
            if (tokens[at].Is(",")) at++;
        }

        at++;
        return arguments;
    }

    private static string Call(string function, List<string> arguments, IReadOnlyList<BicepToken> tokens, ref int at)
    {
        while (function == "resourceGroup" && at < tokens.Count && tokens[at].Is(".")) at += 2;
        return function switch
        {
            "resourceGroup" => "group",
            "uniqueString" => Unique,
            "toLower" => arguments[0].ToLowerInvariant(),
            "replace" => arguments[0].Replace(arguments[1], arguments[2], StringComparison.Ordinal),
            "take" => arguments[0][..Math.Min(arguments[0].Length, int.Parse(arguments[1]))],
            _ => throw new NotSupportedException(function),
        };
    }
}
