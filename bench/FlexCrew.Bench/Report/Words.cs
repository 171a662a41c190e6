using System.Globalization;
using FlexCrew.Bench.Measuring;

namespace FlexCrew.Bench.Report;

/// <summary>How figures are written.</summary>
internal static class Words
{
    public static string Of(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    public static string Duration(TimeSpan duration) => Duration(duration.TotalMilliseconds);

    public static string Duration(double milliseconds) => milliseconds switch
    {
        < 10 => Of($"{milliseconds:0.0} ms"),
        < 1000 => Of($"{milliseconds:0} ms"),
        < 10_000 => Of($"{milliseconds / 1000:0.00} s"),
        _ => Of($"{milliseconds / 1000:0.0} s"),
    };

    public static string Times(double ratio) => ratio < 10 ? Of($"{ratio:0.00}×") : Of($"{ratio:0.0}×");

    public static string Times(Ratio? ratio) =>
        ratio is null ? "–" : $"{Times(ratio.Median)} ({Times(ratio.Least)} to {Times(ratio.Greatest)})";

    public static string Count(IEnumerable<long> counts) => Of($"{Statistics.Median(counts.Select(count => (double)count)):0.#}");
}
