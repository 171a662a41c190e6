using System.Text.RegularExpressions;

namespace FlexCrew.Tests.Infrastructure.Template;

public sealed class OperatorQueryTests
{
    [Fact]
    public void Alerts_name_only_metrics_that_are_emitted() =>
        Assert.Empty(OperatorQueries.Metrics(OperatorQueries.Alerts.Values).Except(OperatorQueries.Emitted()));

    [Fact]
    public void Charts_name_only_metrics_that_are_emitted() =>
        Assert.Empty(OperatorQueries.Metrics(OperatorQueries.Charts.Values).Except(OperatorQueries.Emitted()));

    [Fact]
    public void Every_metric_that_is_emitted_has_a_chart() =>
        Assert.Empty(OperatorQueries.Emitted().Except(OperatorQueries.Metrics(OperatorQueries.Charts.Values)));

    [Fact]
    public void Queries_ask_for_dimensions_that_the_product_records()
    {
        var recorded = RepositoryFiles.Sources().ToList();
        Assert.All(
            OperatorQueries.Dimensions(OperatorQueries.Alerts.Values.Concat(OperatorQueries.Charts.Values)),
            dimension => Assert.Contains(recorded, source => source.Contains($"\"{dimension}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void There_is_an_alert_for_everything_that_should_wake_somebody() =>
        Assert.Equal(
            ["driftFound", "failureRate", "flexRequests", "leaseAge", "meanDuration", "noSuccess", "tokenRefused", "unhealthy", "unknownOutcomes"],
            OperatorQueries.Alerts.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void The_rule_for_drift_comes_with_the_drift_check()
    {
        Assert.Equal(1, Rules(Prediction.Longest));
        Assert.Equal(0, Rules(Prediction.Shortest));

        static int Rules(Prediction prediction) => prediction.Resources("Microsoft.Insights/scheduledQueryRules")
            .Count(rule => rule.GetProperty("name").GetString()!.EndsWith("-drift", StringComparison.Ordinal));
    }

    [Fact]
    public void Placeholders_of_alerts_are_numbered_from_zero_without_a_gap()
    {
        foreach (var (name, query) in OperatorQueries.Alerts)
        {
            var numbers = Regex.Matches(query, @"\{(\d+)\}").Select(match => int.Parse(match.Groups[1].Value)).Distinct().Order();
            Assert.True(numbers.SequenceEqual(Enumerable.Range(0, numbers.Count())), name);
        }
    }

    [Fact]
    public void An_alert_fires_on_any_row_since_its_query_ends_in_a_condition() =>
        Assert.All(OperatorQueries.Alerts, alert => Assert.StartsWith("| where ", alert.Value.TrimEnd().Split('\n')[^1]));
}
