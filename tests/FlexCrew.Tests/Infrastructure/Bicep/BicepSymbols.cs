namespace FlexCrew.Tests.Infrastructure.Bicep;

/// <summary>Which names a file declares and which it refers to.</summary>
internal static class BicepSymbols
{
    private static readonly HashSet<string> Language =
    [
        "true", "false", "null", "if", "for", "in", "existing", "string", "int", "bool", "object", "array", "from", "as",
        "concat", "contains", "empty", "filter", "format", "guid", "items", "length", "loadTextContent", "map", "max", "min", "padLeft",
        "readEnvironmentVariable", "replace", "resourceGroup", "split", "string", "subscription", "subscriptionResourceId", "take",
        "toLower", "toObject", "toUpper", "union", "uniqueString",
        "secure", "description", "allowed", "minLength", "maxLength", "minValue", "maxValue", "export", "metadata",
    ];

    public static IReadOnlyCollection<string> Declared(BicepFile file) =>
    [
        .. file.Of("param", "var", "resource", "module", "func", "type").Select(statement => statement.Name),
        .. file.Of("import").SelectMany(Imported),
    ];

    public static IEnumerable<string> Imported(BicepStatement import) =>
        import.Body.SkipWhile(token => !token.Is("{")).TakeWhile(token => !token.Is("}"))
            .Where(token => token.Kind == BicepTokenKind.Word).Select(token => token.Text);

    /// <summary>Names that the file uses and neither it nor the language declares.</summary>
    public static IEnumerable<string> Undeclared(BicepFile file)
    {
        var declared = Declared(file).Concat(Language).ToHashSet();
        return file.Statements.SelectMany(statement => References(statement).Except(Locals(statement)))
            .Where(name => !declared.Contains(name)).Distinct();
    }

    /// <summary>Names that the file declares for itself and never uses.</summary>
    public static IEnumerable<string> Unused(BicepFile file)
    {
        var used = file.Statements.SelectMany(References).ToHashSet();
        var exported = file.Statements.Where(statement => statement.Decorators.Any(token => token.IsWord("export"))).Select(s => s.Name);
        return file.Of("param", "var", "func", "type").Select(statement => statement.Name)
            .Concat(file.Of("import").SelectMany(Imported)).Except(exported).Where(name => !used.Contains(name));
    }

    private static IEnumerable<string> References(BicepStatement statement) =>
        statement.Keyword is "import" or "targetScope" or "using" ? []
            : statement.Decorators.Concat(statement.Body).ToList() is var all ? Words(all).ToList() : [];

    private static IEnumerable<string> Words(IReadOnlyList<BicepToken> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            foreach (var part in tokens[i].Parts ?? [])
                foreach (var word in Words(part.Expression ?? []))
                    yield return word;
            var member = i > 0 && (tokens[i - 1].Is(".") || tokens[i - 1].Is(".?") || tokens[i - 1].Is("::"));
            if (tokens[i].Kind == BicepTokenKind.Word && !member && !BicepObject.IsKey(tokens, i))
                yield return tokens[i].Text;
        }
    }

    // Loop variables, lambda parameters and the parameters of a function.
    private static IEnumerable<string> Locals(BicepStatement statement)
    {
        var body = statement.Body.SelectMany(token => token.WithInterpolations()).ToList();
        foreach (var parameter in statement.FunctionParameters())
            yield return parameter;
        for (var i = 0; i < body.Count; i++)
        {
            if (body[i].Is("=>") && body[i - 1].Kind == BicepTokenKind.Word)
                yield return body[i - 1].Text;
            if (body[i].IsWord("for"))
                foreach (var variable in body.Skip(i + 1).TakeWhile(token => !token.IsWord("in")).Where(t => t.Kind == BicepTokenKind.Word))
                    yield return variable.Text;
        }
    }
}
