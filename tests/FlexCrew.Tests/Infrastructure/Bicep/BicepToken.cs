namespace FlexCrew.Tests.Infrastructure.Bicep;

internal enum BicepTokenKind
{
    Word,
    Number,
    String,
    Symbol,
}

/// <summary>A token, with the line it stands on. A string has parts: its literal text and its interpolations.</summary>
internal sealed record BicepToken(BicepTokenKind Kind, string Text, int Line, IReadOnlyList<BicepStringPart>? Parts = null)
{
    public bool Is(string symbol) => Kind == BicepTokenKind.Symbol && Text == symbol;

    public bool IsWord(string word) => Kind == BicepTokenKind.Word && Text == word;

    /// <summary>The token and those of its interpolations.</summary>
    public IEnumerable<BicepToken> WithInterpolations() =>
        (Parts ?? []).SelectMany(part => part.Expression ?? []).SelectMany(token => token.WithInterpolations()).Prepend(this);
}

/// <summary>Either literal text or an interpolated expression.</summary>
internal sealed record BicepStringPart(string? Literal, IReadOnlyList<BicepToken>? Expression);

/// <summary>A text that is not Bicep: something does not close.</summary>
internal sealed class BicepSyntaxException(string message, int line) : Exception($"line {line}: {message}");
