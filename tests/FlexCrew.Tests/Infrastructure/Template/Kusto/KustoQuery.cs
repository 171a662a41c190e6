using Row = System.Collections.Generic.IReadOnlyDictionary<string, object?>;

namespace FlexCrew.Tests.Infrastructure.Template.Kusto;

/// <summary>
/// Answers a query of an alert from rows in memory: no package does it on .NET. It reads the part of the language that the alerts are
/// written in (where, extend, summarize) and refuses the rest.
/// </summary>
internal static class KustoQuery
{
    /// <summary>The rows that the query answers.</summary>
    /// <param name="text">The query.</param>
    /// <param name="tables">The tables that it may read, by name.</param>
    /// <param name="now">The time of the evaluation, in UTC.</param>
    public static IReadOnlyList<Row> Run(string text, IReadOnlyDictionary<string, IReadOnlyList<Row>> tables, DateTime now)
    {
        var (parser, variables) = (new KustoParser(text), new Dictionary<string, object?> { [KustoFunctions.Now] = now });
        while (parser.Takes("let"))
        {
            var name = parser.Name();
            parser.Expect("=");
            variables[name] = parser.Expression()(variables);
            parser.Expect(";");
        }

        IReadOnlyList<Row> rows = [.. tables[parser.Name()].Select(row => Merge(variables, row))];
        while (parser.Takes("|"))
            rows = parser.Name() switch
            {
                "where" => Where(parser.Expression(), rows),
                "extend" => Extend(parser.Assignments(), rows),
                "summarize" => Summarize(parser.Aggregates(), parser.Takes("by") ? parser.Assignments() : [], rows, variables),
                var other => throw new NotSupportedException($"the operator {other}"),
            };
        parser.ExpectEnd();
        return rows;
    }

    private static List<Row> Where(KustoExpression condition, IReadOnlyList<Row> rows) =>
        [.. rows.Where(row => condition(row) is true)];

    private static List<Row> Extend(IReadOnlyList<(string Name, KustoExpression Value)> columns, IReadOnlyList<Row> rows) =>
        [.. rows.Select(row => columns.Aggregate(row, (all, column) => With(all, column.Name, column.Value(all))))];

    // Without `by` there is one group, and one row of it, also where there is nothing to group.
    private static List<Row> Summarize(
        IReadOnlyList<(string Name, KustoAggregate Value)> columns, IReadOnlyList<(string Name, KustoExpression Value)> by,
        IReadOnlyList<Row> rows, Row variables)
    {
        var groups = by.Count == 0 ? [(Key: variables, Rows: rows)] : rows
            .Select(row => (Key: by.Aggregate(variables, (key, column) => With(key, column.Name, column.Value(row))), Row: row))
            .GroupBy(pair => string.Join('\n', by.Select(column => pair.Key[column.Name])))
            .Select(group => (group.First().Key, Rows: (IReadOnlyList<Row>)[.. group.Select(pair => pair.Row)]));
        return [.. groups.Select(group => columns.Aggregate(group.Key, (all, column) => With(all, column.Name, column.Value(group.Rows))))];
    }

    private static Row Merge(Row one, Row other) => other.Aggregate(one, (all, column) => With(all, column.Key, column.Value));

    private static Dictionary<string, object?> With(Row row, string name, object? value) => new(row) { [name] = value };
}

/// <summary>An expression over the columns of a row, and the variables of the query.</summary>
internal delegate object? KustoExpression(Row row);

/// <summary>An aggregate over the rows of a group.</summary>
internal delegate object? KustoAggregate(IReadOnlyList<Row> rows);
