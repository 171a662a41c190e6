using System.Xml.Linq;
using FlexCrew.Bench.Measuring;
using FlexCrew.Bench.Report;
using FlexCrew.Bench.Schedule;
using FlexCrew.Bench.Simulator;
using FlexCrew.Bench.Worlds;

namespace FlexCrew.IntegrationTests.Bench;

/// <summary>What the benchmark makes of its measurements.</summary>
public sealed class FigureTests
{
    private static readonly Roles Roles = new(["LocalHost"], "sequential client", "ideal");

    [Theory]
    [InlineData(2, new double[] { 3, 1, 2 })]
    [InlineData(2.5, new double[] { 4, 1, 2, 3 })]
    [InlineData(7, new double[] { 7 })]
    public void The_median_is_in_the_middle(double median, double[] values) => Assert.Equal(median, Statistics.Median(values));

    [Fact]
    public void Of_a_hundred_values_five_are_above_the_95th_percentile_and_of_few_none()
    {
        Assert.Equal(95, Statistics.Percentile95(Enumerable.Range(1, 100).Select(value => (double)value)));
        Assert.Equal(7, Statistics.Percentile95([3, 7, 5]));
    }

    [Fact]
    public void A_ratio_is_taken_within_each_round_and_not_between_medians()
    {
        var result = Result(Round(100, 50), Round(1000, 250), Round(90, 90));

        Assert.Equal(new Ratio(2, 1, 4), result.TimesAsLong("sequential client", "LocalHost"));
    }

    [Fact]
    public void A_round_with_a_wrong_world_counts_for_nothing_and_is_told()
    {
        var spoilt = Round(1, 50, "2 twice in Flex");
        var result = Result(Round(100, 50), spoilt);

        Assert.Equal(new Ratio(2, 2, 2), result.TimesAsLong("sequential client", "LocalHost"));
        Assert.Null(Result(spoilt).TimesAsLong("sequential client", "LocalHost"));
        var page = new MarkdownReport(Results(result)).Write();
        Assert.Contains("- eight new: 1 of 2 runs of sequential client are void: 2 twice in Flex.\n", page);
        Assert.Contains("| eight new | 2 | 100 ms / 100 ms | 50 ms / 50 ms | 10 ms / 10 ms | 2.00× (2.00× to 2.00×) | 5.00×", page);
    }

    [Fact]
    public void The_picture_is_an_SVG_with_a_bar_as_long_as_the_ratio_doubles()
    {
        double Bar(double localHost)
        {
            var picture = XDocument.Parse(new Picture(Results(Result(Round(800, localHost)))).Draw());
            var bars = picture.Descendants().Where(one => (string?)one.Attribute("class") == "host0");
            return bars.Max(one => (double)one.Attribute("width")!);
        }

        Assert.Equal(2 * Bar(400), Bar(200), precision: 0);
        Assert.Equal(Bar(1600), Bar(400), precision: 0);
    }

    [Fact]
    public void The_whole_table_and_every_combination_that_can_be_asked_for_exist()
    {
        Assert.Equal(Selection.Whole.Count, Selection.Whole.Distinct().Count());
        Assert.Equal(Scenario.All, Selection.Of([], [], []).Select(contest => contest.Scenario));
        Assert.Equal(
            ["settled 0 none", "settled 10 none", "settled 0 faults", "settled 10 faults"],
            from contest in Selection.Of(["settled"], [0, 10], ["none", "faults"])
            select $"{contest.Scenario.Name} {contest.Latency} {contest.Trouble.Name}");
    }

    private static Dictionary<string, Measurement> Round(double sequential, double localHost, params string[] wrongs) => new()
    {
        ["sequential client"] = Run(sequential, wrongs),
        ["LocalHost"] = Run(localHost),
        ["ideal"] = Run(10),
    };

    private static Measurement Run(double milliseconds, params string[] wrongs) => new()
    {
        Took = TimeSpan.FromMilliseconds(milliseconds),
        Requests = new RequestCounts(),
        Statements = 0,
        Wrongs = wrongs,
        Complaints = [],
    };

    private static ContestResult Result(params Dictionary<string, Measurement>[] rounds) =>
        new(new Contest(Scenario.Named("eight-new"), 150, Trouble.None), rounds);

    private static Results Results(ContestResult result) =>
        new(new DateOnly(2026, 11, 25), Machine.Look("15.18"), 0, 16, Roles, [result]);
}
