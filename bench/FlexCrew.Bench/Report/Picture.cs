using System.Xml.Linq;
using FlexCrew.Bench.Measuring;
using FlexCrew.Bench.Simulator;

namespace FlexCrew.Bench.Report;

/// <summary>
/// A picture of the ratios at the first latency: a bar for each host, to the right where it is faster than the sequential client,
/// and a line where the ideal is. The scale doubles. It has a background and colours of its own for light and for dark.
/// </summary>
internal sealed class Picture(Results results)
{
    private const int Width = 860;
    private const int Left = 330;
    private const int Right = 790;
    private const int Top = 74;
    private const int BarHeight = 16;
    private const int Gap = 14;
    private const int Doublings = 8;
    private const int DoublingsBelowOne = 3;

    private const string Style =
        """
        svg { --paper: #ffffff; --ink: #1f2328; --faint: #d8dee4; --soft: #59636e; --first: #0969da; --second: #bc4c00; }
        @media (prefers-color-scheme: dark) {
          svg { --paper: #0d1117; --ink: #e6edf3; --faint: #30363d; --soft: #9198a1; --first: #4493f8; --second: #db6d28; }
        }
        text { font: 13px system-ui, sans-serif; fill: var(--ink); }
        .title { font-size: 16px; font-weight: 600; }
        .soft { fill: var(--soft); }
        .paper { fill: var(--paper); }
        .grid { stroke: var(--faint); }
        .one { stroke: var(--soft); stroke-width: 1.5; }
        .ideal { stroke: var(--ink); stroke-width: 2.5; }
        .host0 { fill: var(--first); }
        .host1 { fill: var(--second); }
        """;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private readonly Roles roles = results.Roles;
    private readonly List<XElement> drawn = [];

    public string Draw()
    {
        var latency = results.Contests[0].Contest.Latency;
        var compared = results.Contests
            .Where(result => result.Contest.Trouble == Trouble.None && result.Contest.Latency == latency).ToList();
        var rowHeight = roles.Hosts.Count * BarHeight + Gap;
        var bottom = Top + compared.Count * rowHeight;

        Text(20, 28, $"How many times as fast as a sequential client, Flex at {latency} ms", "title");
        Legend();
        Grid(bottom);
        for (var row = 0; row < compared.Count; row++) Row(compared[row], Top + row * rowHeight + Gap / 2, rowHeight - Gap);

        return new XElement(
            Svg + "svg",
            Value("viewBox", $"0 0 {Width} {bottom + 34}"),
            Value("role", "img"),
            new XElement(Svg + "title", $"How many times as fast as a sequential client FlexCrew is, with Flex at {latency} ms"),
            new XElement(Svg + "style", Style),
            new XElement(Svg + "rect", Class("paper"), Value("width", "100%"), Value("height", "100%"), Value("rx", 8)),
            drawn) + "\n";
    }

    private void Legend()
    {
        var x = 20;
        for (var host = 0; host < roles.Hosts.Count; host++)
        {
            Rectangle(x, 42, 14, 12, $"host{host}");
            Text(x + 20, 53, roles.Hosts[host]);
            x += 40 + 8 * roles.Hosts[host].Length;
        }
        Line(x + 2, 41, x + 2, 55, "ideal");
        Text(x + 12, 53, "the ideal: as fast as this Flex allows");
    }

    private void Grid(int bottom)
    {
        for (var doubling = -DoublingsBelowOne; doubling <= Doublings - DoublingsBelowOne; doubling++)
        {
            var x = X(Math.Pow(2, doubling));
            Line(x, Top, x, bottom, doubling == 0 ? "one" : "grid");
            Text(x, bottom + 20, doubling < 0 ? $"1/{1 << -doubling}" : $"{1 << doubling}×", "soft", "middle");
        }
    }

    private void Row(ContestResult result, int y, int height)
    {
        Text(Left - 14, y + height / 2 + 5, result.Contest.Scenario.Title, anchor: "end");
        for (var host = 0; host < roles.Hosts.Count; host++)
        {
            var top = y + host * BarHeight;
            if (result.TimesAsLong(roles.Sequential, roles.Hosts[host]) is { } ratio)
            {
                var (from, to) = (Math.Min(X(1), X(ratio.Median)), Math.Max(X(1), X(ratio.Median)));
                Rectangle(from, top + 1, Math.Max(1, to - from), BarHeight - 2, $"host{host}");
                Text(Right + 14, top + 12, Words.Times(ratio.Median));
            }
            else
            {
                var wrong = result.Void(roles.Sequential).Count > 0 ? "the sequential client" : roles.Hosts[host];
                Text(X(1) + 6, top + 12, $"void: {wrong} left a wrong world", "soft");
            }
        }
        if (result.TimesAsLong(roles.Sequential, roles.Ideal) is { } ideal)
            Line(X(ideal.Median), y - 2, X(ideal.Median), y + height + 2, "ideal");
    }

    /// <summary>Where a ratio is; what is off the scale is at its edge.</summary>
    private static double X(double ratio) =>
        Math.Round(Left + (Right - Left) * Math.Clamp((Math.Log2(ratio) + DoublingsBelowOne) / Doublings, 0, 1), 1);

    private void Text(double x, double y, string text, string? style = null, string? anchor = null) => drawn.Add(new XElement(
        Svg + "text",
        Value("x", x),
        Value("y", y),
        style is null ? null : Class(style),
        anchor is null ? null : Value("text-anchor", anchor),
        text));

    private void Rectangle(double x, double y, double width, double height, string style) => drawn.Add(new XElement(
        Svg + "rect", Value("x", x), Value("y", y), Value("width", width), Value("height", height), Class(style)));

    private void Line(double x1, double y1, double x2, double y2, string style) => drawn.Add(new XElement(
        Svg + "line", Value("x1", x1), Value("y1", y1), Value("x2", x2), Value("y2", y2), Class(style)));

    private static XAttribute Class(string style) => Value("class", style);

    private static XAttribute Value(string name, object value) => new(name, value);
}
