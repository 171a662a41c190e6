using System.Text.Json;

namespace FlexCrew.Tests.Infrastructure.Template;

public sealed class WorkbookTests
{
    private static readonly List<JsonElement> Items = [.. OperatorQueries.Workbook.GetProperty("items").EnumerateArray()];

    [Fact]
    public void It_is_a_notebook_with_a_title_parameters_and_charts()
    {
        Assert.Equal("Notebook/1.0", OperatorQueries.Workbook.GetProperty("version").GetString());
        Assert.Equal([1, 9], Items.Take(2).Select(item => item.GetProperty("type").GetInt32()));
        Assert.All(Items.Skip(2), item => Assert.Equal(3, item.GetProperty("type").GetInt32()));
    }

    [Fact]
    public void Names_of_items_differ() =>
        Assert.Equal(Items.Count, Items.Select(item => item.GetProperty("name").GetString()).Distinct().Count());

    [Fact]
    public void Every_chart_looks_at_the_chosen_time_in_the_workspace()
    {
        foreach (var content in Items.Skip(2).Select(item => item.GetProperty("content")))
        {
            Assert.Equal("KqlItem/1.0", content.GetProperty("version").GetString());
            Assert.Equal("TimeRange", content.GetProperty("timeContextFromParameter").GetString());
            Assert.Equal("##WORKSPACE_ID##", content.GetProperty("crossComponentResources")[0].GetString());
            Assert.Contains(content.GetProperty("visualization").GetString(), new[] { "barchart", "linechart", "piechart", "table" });
            Assert.NotEmpty(content.GetProperty("title").GetString()!);
        }
    }

    [Fact]
    public void Queries_use_only_parameters_that_the_workbook_has()
    {
        var parameters = Items[1].GetProperty("content").GetProperty("parameters").EnumerateArray()
            .Select(p => p.GetProperty("name").GetString()!).ToHashSet();
        var used = OperatorQueries.Charts.Values
            .SelectMany(query => System.Text.RegularExpressions.Regex.Matches(query, @"\{([A-Za-z]+)(:[a-z]+)?\}"))
                .Select(match => match.Groups[1].Value).ToHashSet();
        Assert.Equal(["Department"], used.Except(["TimeRange"]));
        Assert.Subset(parameters, used);
    }

    [Fact]
    public void The_template_fills_in_every_placeholder()
    {
        var template = RepositoryFiles.Text("infra", "bicep", "modules", "workbook.bicep");
        var placeholders =
            System.Text.RegularExpressions.Regex.Matches(RepositoryFiles.Text("infra", "bicep", "workbook.json"), "##[A-Z_]+##")
            .Select(match => match.Value).Distinct().ToList();
        Assert.Equal(["##DAILY_BUDGET##", "##HOURLY_BUDGET##", "##WORKSPACE_ID##"], placeholders.Order(StringComparer.Ordinal));
        Assert.All(placeholders, placeholder => Assert.Contains($"'{placeholder}'", template));
    }
}
