using System.Globalization;
using System.Text.Json.Nodes;

namespace FlexSimulator;

/// <summary>Cuts one page out of a listing, with the words that say so.</summary>
internal static class Pages
{
    /// <summary>The rows of the page that is asked for, and the properties that stand beside them.</summary>
    public static (JsonArray Rows, JsonObject Words) Cut(JsonArray rows, Paging paging, IQueryCollection query)
    {
        var size = Asked(query, paging, "size") is > 0 and { } asked ? asked : paging.Size;
        var number = Asked(query, paging, "page") ?? 0;
        var total = rows.Count;
        var all = rows.ToList();
        rows.Clear();
        var page = new JsonArray([.. all.Skip(number * size).Take(size)]);
        return (page, Words(paging.Words, new(number, size, page.Count, total)));
    }

    private static int? Asked(IQueryCollection query, Paging paging, string name) =>
        paging.CanBeFollowed && int.TryParse(query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static JsonObject Words(PageWords words, Place place) => words switch
    {
        PageWords.Spring => new()
        {
            ["totalElements"] = place.Total,
            ["totalPages"] = place.Pages,
            ["last"] = place.IsLast,
            ["number"] = place.Number,
            ["size"] = place.Size,
            ["first"] = place.Number == 0,
            ["numberOfElements"] = place.Count,
            ["empty"] = place.Count == 0,
        },
        PageWords.SpringPage => new()
        {
            ["page"] = new JsonObject
            {
                ["size"] = place.Size, ["number"] = place.Number, ["totalElements"] = place.Total,
                ["totalPages"] = place.Pages
            },
        },
        PageWords.SpringSlice => new()
        {
            ["last"] = place.IsLast, ["number"] = place.Number, ["size"] = place.Size, ["first"] = place.Number == 0, ["numberOfElements"] =
                place.Count,
        },
        PageWords.Total => new() { ["total"] = place.Total },
        PageWords.TotalCount => new() { ["totalCount"] = place.Total },
        PageWords.HasMore => new() { ["hasMore"] = !place.IsLast },
        _ => throw new InvalidOperationException($"No such words: {words}"),
    };

    private sealed record Place(int Number, int Size, int Count, int Total)
    {
        public int Pages => (Total + Size - 1) / Size;

        public bool IsLast => Number + 1 >= Pages;
    }
}
