using System.Text.Json;

namespace FlexCrew.Flex.Reading;

/// <summary>
/// What the object around some rows says about being one page of several: in the words of Spring, which Flex is written
/// with, and in the other words that listings of its kind use. Each is null where nothing is said.
/// </summary>
internal sealed record PageMarks
{
    private static readonly string[] Totals = ["totalElements", "totalCount", "total"];

    /// <summary>How many rows there are in all pages together; the largest of the totals that are told.</summary>
    public long? Total { get; private init; }

    /// <summary>How many rows this page says that it holds.</summary>
    public long? OnThisPage { get; private init; }

    /// <summary>How many pages there are.</summary>
    public long? Pages { get; private init; }

    /// <summary>Which page this is, counted from 0 as Spring does.</summary>
    public long? Number { get; private init; }

    /// <summary>How many rows a full page holds.</summary>
    public long? Size { get; private init; }

    private bool? Last { get; init; }

    private bool? HasMore { get; init; }

    /// <summary>Whether the pages end here, or go on; null when only the total can tell.</summary>
    public bool? GoesOn =>
        Last == false || HasMore == true || Number + 1 < Pages || (Number is null && Last is null && Pages > 1) ? true
        : Last is null && HasMore is null && Pages is null ? null
        : false;

    /// <summary>Whether rows are missing, given how many there are with those that are nested in them.</summary>
    public bool Lacks(long rows) => GoesOn == true || Total > rows || OnThisPage > rows;

    /// <summary>Reads what the holder, its <c>page</c> and its <c>data</c> say; the outermost has precedence.</summary>
    public static PageMarks Of(JsonElement holder)
    {
        JsonElement?[] tellers = [holder, FlexValue.Member(holder, "page"), FlexValue.Member(holder, "data")];
        var data = tellers[2] is { ValueKind: JsonValueKind.Object } inner ? FlexValue.Member(inner, "page") : null;
        var objects = tellers.Append(data).OfType<JsonElement>().Where(teller => teller.ValueKind == JsonValueKind.Object).ToList();
        return new()
        {
            Total = objects.SelectMany(teller => Totals.Select(name => FlexValue.Count(teller, name))).Max(),
            OnThisPage = Number("numberOfElements"),
            Pages = Number("totalPages"),
            Number = Number("number"),
            Size = Number("size"),
            Last = Truth("last"),
            HasMore = Truth("hasMore"),
        };

        long? Number(string name) => objects.Select(teller => FlexValue.Count(teller, name)).FirstOrDefault(count => count is not null);

        bool? Truth(string name) => objects.Select(teller => FlexValue.Truth(teller, name)).FirstOrDefault(truth => truth is not null);
    }
}
