using System.Text.Json;

namespace FlexCrew.Flex.Reading;

/// <summary>
/// Reads the contacts out of any of the envelopes that Flex is known to answer listings in, nested rows included.
/// What is none of them is a failure, never an empty crew.
/// </summary>
internal sealed class ListingReader
{
    private static readonly string[] RowKeys = ["items", "results", "content", "children", "lineItems", "data"];

    private readonly List<FlexContact> contacts = [];
    private bool tellsRows;
    private bool tellsMoreThanIds;

    private ListingReader() { }

    /// <summary>The contacts, in the order of the listing, depth first.</summary>
    public static FlexRead<IReadOnlyList<FlexContact>> Read(ReadOnlyMemory<byte> body) =>
        JsonBody.Read(body, root => new ListingReader().Contacts(root));

    private IReadOnlyList<FlexContact>? Contacts(JsonElement root)
    {
        List<JsonElement> lists = root.ValueKind switch
        {
            JsonValueKind.Array => [root],
            JsonValueKind.Object => [.. Lists(root)],
            _ => [],
        };
        var understood = lists.Count > 0 && lists.TrueForAll(VisitAll);

        // Rows that hold nothing but ids do not tell who is a contact: nobody is not what they say.
        return understood && tellsRows == tellsMoreThanIds ? contacts : null;
    }

    private bool VisitAll(JsonElement rows)
    {
        foreach (var row in rows.EnumerateArray())
        {
            if (!Visit(row))
                return false;
        }

        return true;
    }

    private bool Visit(JsonElement row)
    {
        if (row.ValueKind != JsonValueKind.Object)
            return false;
        tellsRows = true;
        tellsMoreThanIds |= ContactRow.TellsMoreThanIds(row);
        if (ContactRow.IsContact(row))
        {
            if (ContactRow.Read(row) is not { } contact)
                return false;
            contacts.Add(contact);
        }

        return Lists(row).All(VisitAll);
    }

    // The arrays of rows that an object holds, itself or in its "data". All of them: more seen is nobody lost.
    private static IEnumerable<JsonElement> Lists(JsonElement holder)
    {
        foreach (var key in RowKeys)
        {
            if (!holder.TryGetProperty(key, out var value))
                continue;
            if (value.ValueKind == JsonValueKind.Array)
                yield return value;
            else if (key == "data" && value.ValueKind == JsonValueKind.Object)
            {
                foreach (var list in Lists(value))
                    yield return list;
            }
        }
    }
}
