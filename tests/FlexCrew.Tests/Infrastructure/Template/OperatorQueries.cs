using System.Text.Json;
using System.Text.RegularExpressions;

namespace FlexCrew.Tests.Infrastructure.Template;

/// <summary>The queries of the alerts and of the workbook, and what they name.</summary>
internal static partial class OperatorQueries
{
    public static IReadOnlyDictionary<string, string> Alerts { get; } =
        CompiledTemplate.Section(CompiledTemplate.Module("alerts"), "variables")
        .Where(variable => variable.Value.ValueKind == JsonValueKind.String
            && variable.Value.GetString()!.Contains('|', StringComparison.Ordinal))
        .ToDictionary(variable => variable.Name, variable => variable.Value.GetString()!);

    public static JsonElement Workbook { get; } = JsonDocument.Parse(RepositoryFiles.Text("infra", "bicep", "workbook.json")).RootElement;

    public static IReadOnlyDictionary<string, string> Charts { get; } = Workbook.GetProperty("items").EnumerateArray()
        .Where(item => item.GetProperty("type").GetInt32() == 3)
        .ToDictionary(item => item.GetProperty("name").GetString()!, item => item.GetProperty("content").GetProperty("query").GetString()!);

    public static ISet<string> Metrics(IEnumerable<string> texts) =>
        texts.SelectMany(text => MetricName().Matches(text)).Select(match => match.Value).ToHashSet();

    public static ISet<string> Dimensions(IEnumerable<string> texts) =>
        texts.SelectMany(text => Dimension().Matches(text)).Select(match => match.Groups[1].Value).ToHashSet();

    /// <summary>The metrics that the product emits: every instrument that it creates.</summary>
    public static ISet<string> Emitted() =>
        RepositoryFiles.Sources().SelectMany(source => MetricLiteral().Matches(source)).Select(match => match.Groups[1].Value).ToHashSet();

    [GeneratedRegex(@"flexcrew\.[a-z_]+(\.[a-z_]+)*")]
    private static partial Regex MetricName();

    [GeneratedRegex("Create(?:Counter|Gauge|Histogram|ObservableGauge)<\\w+>\\(\\s*\"(flexcrew\\.[a-z_.]+)\"")]
    private static partial Regex MetricLiteral();

    [GeneratedRegex(@"Properties\.([A-Za-z_]+)")]
    private static partial Regex Dimension();
}
