using System.Text;

namespace FlexCrew.Tests.Infrastructure.Bicep;

/// <summary>Splits the text of a Bicep file into tokens and checks that every bracket and string closes.</summary>
internal sealed class BicepTokenizer(string text)
{
    private static readonly string[] LongSymbols = ["...", "=>", "==", "!=", ">=", "<=", "&&", "||", "??", ".?", "[?", "::", "=~", "!~"];
    private int at;
    private int line = 1;

    public static IReadOnlyList<BicepToken> Tokens(string text) => new BicepTokenizer(text).Read(untilBrace: false);

    private IReadOnlyList<BicepToken> Read(bool untilBrace)
    {
        var tokens = new List<BicepToken>();
        var open = new Stack<BicepToken>();
        while (Skip())
        {
            if (untilBrace && open.Count == 0 && text[at] == '}')
                return tokens;
            var token = Next();
            tokens.Add(token);
            if (token.Kind != BicepTokenKind.Symbol) continue;
            if (token.Text is "(" or "{" or "[" or "[?") open.Push(token);
            else if (token.Text is ")" or "}" or "]" && (!open.TryPop(out var opening) || !Match(opening.Text, token.Text)))
                throw new BicepSyntaxException($"'{token.Text}' closes nothing", token.Line);
        }

        if (untilBrace) throw new BicepSyntaxException("an interpolation does not end", line);
        return open.TryPeek(out var unclosed) ? throw new BicepSyntaxException($"'{unclosed.Text}' does not close", unclosed.Line) : tokens;
    }

    private static bool Match(string opening, string closing) => opening[0] switch { '(' => closing == ")", '{' => closing == "}", _ => closing == "]" };

    private bool Skip()
    {
        while (at < text.Length)
        {
            if (text[at] == '\n') line++;
            if (char.IsWhiteSpace(text[at])) at++;
            else if (text[at] == '#' || Looking("//")) at = End("\n", orEnd: true);
            else if (Looking("/*")) at = Counted(End("*/", orEnd: false) + 2);
            else return true;
        }

        return false;
    }

    private BicepToken Next()
    {
        var start = at;
        if (Looking("'''")) return MultiLine();
        if (text[at] == '\'') return SingleLine();
        if (char.IsLetter(text[at]) || text[at] == '_') return Run(BicepTokenKind.Word, start);
        if (char.IsDigit(text[at])) return Run(BicepTokenKind.Number, start);
        var symbol = LongSymbols.FirstOrDefault(Looking) ?? text[at].ToString();
        at += symbol.Length;
        return new BicepToken(BicepTokenKind.Symbol, symbol, line);
    }

    private BicepToken Run(BicepTokenKind kind, int start)
    {
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_')) at++;
        return new BicepToken(kind, text[start..at], line);
    }

    private BicepToken MultiLine()
    {
        var (start, began) = (at + 3, line);
        at += 3;
        var end = End("'''", orEnd: false);
        at = Counted(end + 3);
        return new BicepToken(BicepTokenKind.String, text[start..end], began, [new BicepStringPart(text[start..end], null)]);
    }

    private BicepToken SingleLine()
    {
        var (start, parts, literal) = (++at, new List<BicepStringPart>(), new StringBuilder());
        for (; ; at++)
        {
            if (at >= text.Length || text[at] == '\n') throw new BicepSyntaxException("a string does not end", line);
            if (text[at] == '\'') break;
            if (text[at] == '\\') literal.Append(text[++at]);
            else if (Looking("${"))
            {
                at += 2;
                parts.Add(new BicepStringPart(literal.ToString(), null));
                literal.Clear();
                parts.Add(new BicepStringPart(null, Read(untilBrace: true)));
            }
            else literal.Append(text[at]);
        }

        parts.Add(new BicepStringPart(literal.ToString(), null));
        return new BicepToken(BicepTokenKind.String, text[start..at++], line, parts);
    }

    private bool Looking(string what) => string.CompareOrdinal(text, at, what, 0, what.Length) == 0;

    private int End(string what, bool orEnd) => text.IndexOf(what, at, StringComparison.Ordinal) switch
    {
        >= 0 and var found => found,
        _ => orEnd ? text.Length : throw new BicepSyntaxException($"{what} is missing", line),
    };

    private int Counted(int to)
    {
        line += text[at..to].Count(c => c == '\n');
        return to;
    }
}
