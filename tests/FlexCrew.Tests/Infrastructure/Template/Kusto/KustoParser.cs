using System.Globalization;
using System.Text.RegularExpressions;
using Row = System.Collections.Generic.IReadOnlyDictionary<string, object?>;

namespace FlexCrew.Tests.Infrastructure.Template.Kusto;

/// <summary>Reads expressions: <c>or</c> binds the least, then <c>and</c>, comparisons, sums, products.</summary>
internal sealed partial class KustoParser(string text)
{
    private readonly List<string> tokens = [.. Token().Matches(text).Select(match => match.Value)];
    private int at;

    private string Next => at < tokens.Count ? tokens[at] : "";

    public bool Takes(string token)
    {
        if (Next != token) return false;
        at++;
        return true;
    }

    public void Expect(string token)
    {
        if (!Takes(token)) throw new FormatException($"'{token}' expected and not '{Next}'");
    }

    public void ExpectEnd()
    {
        if (at < tokens.Count) throw new FormatException($"the end expected and not '{Next}'");
    }

    public string Name() =>
        char.IsLetter(Next.FirstOrDefault()) ? tokens[at++] : throw new FormatException($"a name expected and not '{Next}'");

    /// <summary>Columns with their values; one without a value stands for itself.</summary>
    public IReadOnlyList<(string Name, KustoExpression Value)> Assignments() => List(() =>
    {
        var name = Name();
        return (name, Takes("=") ? Expression() : row => row[name]);
    });

    public IReadOnlyList<(string Name, KustoAggregate Value)> Aggregates() => List(() =>
    {
        var name = Name();
        Expect("=");
        return (name, KustoFunctions.Aggregate(Name(), Arguments()));
    });

    public KustoExpression Expression() => Joined("or", () => Joined("and", Comparison));

    private KustoExpression Joined(string word, Func<KustoExpression> part)
    {
        var parts = new List<KustoExpression> { part() };
        while (Takes(word)) parts.Add(part());
        return parts is [var only] ? only
            : word == "or" ? row => parts.Exists(each => each(row) is true) : row => parts.TrueForAll(each => each(row) is true);
    }

    private KustoExpression Comparison()
    {
        var one = Operation(["+", "-"], () => Operation(["*", "/"], Primary));
        if (Takes("in"))
        {
            var all = Arguments();
            return row => all.Any(each => Equals(each(row), one(row)));
        }
        if (Takes("between"))
        {
            Expect("(");
            var (from, _, to) = (Primary(), Takes(".."), Primary());
            Expect(")");
            return row => KustoFunctions.Operate(">=", one(row), from(row)) is true
                && KustoFunctions.Operate("<=", one(row), to(row)) is true;
        }
        if (Takes("matches"))
        {
            Expect("regex");
            var pattern = Primary();
            return row => Regex.IsMatch((string)one(row)!, (string)pattern(row)!);
        }
        if (Next is not ("==" or "!=" or ">" or ">=" or "<" or "<=")) return one;
        var (sign, other) = (tokens[at++], Operation(["+", "-"], () => Operation(["*", "/"], Primary)));
        return row => KustoFunctions.Operate(sign, one(row), other(row));
    }

    private KustoExpression Operation(string[] signs, Func<KustoExpression> part)
    {
        var result = part();
        while (signs.Contains(Next))
        {
            var (one, sign, other) = (result, tokens[at++], part());
            result = row => KustoFunctions.Operate(sign, one(row), other(row));
        }
        return result;
    }

    private KustoExpression Primary()
    {
        if (Takes("("))
        {
            var inner = Expression();
            Expect(")");
            return inner;
        }
        if (Next.StartsWith('\'')) return Constant(tokens[at++][1..^1]);
        if (Next.EndsWith('d') && char.IsDigit(Next[0])) return Constant(TimeSpan.FromDays(Number(tokens[at++][..^1])));
        if (char.IsDigit(Next.FirstOrDefault())) return Constant(Number(tokens[at++]));
        if (Takes("true")) return Constant(true);
        if (Takes("false")) return Constant(false);
        var name = Name();
        if (Next != "(") return row => row.TryGetValue(name, out var value) ? value
            : name.StartsWith("Properties.", StringComparison.Ordinal) ? null : throw new FormatException($"there is no column {name}");
        var given = Arguments();
        return row => KustoFunctions.Call(name, [.. given.Select(each => each(row))], row);
    }

    private IReadOnlyList<KustoExpression> Arguments()
    {
        Expect("(");
        IReadOnlyList<KustoExpression> given = Next == ")" ? [] : List(Expression);
        Expect(")");
        return given;
    }

    private List<T> List<T>(Func<T> read)
    {
        var all = new List<T> { read() };
        while (Takes(",")) all.Add(read());
        return all;
    }

    private static KustoExpression Constant(object value) => (Row _) => value;

    private static double Number(string digits) => double.Parse(digits, CultureInfo.InvariantCulture);

    // A text, a number (also of days), a name with its dots, a sign of two characters or of one.
    [GeneratedRegex(@"'[^']*'|\d+(?:\.\d+)?d?|[A-Za-z_]\w*(?:\.\w+)*|[=!<>]=|\.\.|[^\s]")]
    private static partial Regex Token();
}
