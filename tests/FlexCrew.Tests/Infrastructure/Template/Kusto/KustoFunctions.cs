using Row = System.Collections.Generic.IReadOnlyDictionary<string, object?>;

namespace FlexCrew.Tests.Infrastructure.Template.Kusto;

/// <summary>What the queries call. Numbers are doubles; a comparison with null is not true.</summary>
internal static class KustoFunctions
{
    /// <summary>The variable that holds the time of the evaluation.</summary>
    public const string Now = "now()";

    public static object? Call(string name, IReadOnlyList<object?> given, Row row) => (name, given) switch
    {
        ("now", []) => row[Now],
        ("tostring", [var value]) => Convert.ToString(value, null) ?? "",
        ("toint", [double value]) => Math.Truncate(value),
        ("coalesce", _) => given.FirstOrDefault(value => value is not null),
        ("dayofweek", [DateTime at]) => TimeSpan.FromDays((int)at.DayOfWeek),
        ("hourofday", [DateTime at]) => (double)at.Hour,
        ("datetime_utc_to_local", [DateTime at, string zone]) =>
            TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(at, DateTimeKind.Utc), TimeZoneInfo.FindSystemTimeZoneById(zone)),
        _ => throw new NotSupportedException($"the function {name} of {given.Count}"),
    };

    public static KustoAggregate Aggregate(string name, IReadOnlyList<KustoExpression> given) => (name, given) switch
    {
        ("sum", [var value]) => rows => rows.Sum(row => (double?)value(row)) ?? 0,
        ("sumif", [var value, var condition]) => rows => Those(rows, condition).Sum(row => (double?)value(row)) ?? 0,
        ("maxif", [var value, var condition]) => rows => Those(rows, condition).Max(row => (double?)value(row)),
        ("dcountif", [var value, var condition]) => rows => (double)Those(rows, condition).Select(row => value(row)).Distinct().Count(),
        _ => throw new NotSupportedException($"the aggregate {name} of {given.Count}"),
    };

    public static object? Operate(string sign, object? one, object? other) => (sign, one, other) switch
    {
        ("==", _, _) => Equals(one, other),
        ("!=", _, _) => !Equals(one, other),
        ("*", double a, double b) => a * b,
        ("/", double a, double b) => a / b,
        ("/", TimeSpan a, TimeSpan b) => a / b,
        ("+", double a, double b) => a + b,
        ("-", double a, double b) => a - b,
        (">", double a, double b) => a > b,
        (">=", double a, double b) => a >= b,
        ("<", double a, double b) => a < b,
        ("<=", double a, double b) => a <= b,
        (_, null, _) or (_, _, null) => null,
        _ => throw new NotSupportedException($"{one} {sign} {other}"),
    };

    private static IEnumerable<Row> Those(IReadOnlyList<Row> rows, KustoExpression condition) =>
        rows.Where(row => condition(row) is true);
}
