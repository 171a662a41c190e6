using System.Text.Json;

namespace FlexCrew.Flex.Reading;

/// <summary>
/// Reads the contacts out of any of the envelopes that Flex is known to answer listings in, nested rows included.
/// What is none of them is a failure, never an empty crew. Whether the answer is the whole listing, <see cref="ListingPages"/>
/// decides.
/// </summary>
internal sealed class ListingReader
{
    private static readonly string[] RowKeys = ["items", "results", "content", "children", "lineItems", "data"];

    private readonly List<FlexContact> contacts = [];
    private int rows;
    private bool showsRows;
    private bool showsMoreThanIds;
    private bool nestedPart;

    private ListingReader() { }

    /// <summary>One answer to a listing.</summary>
    public static FlexRead<ListingPage> Read(ReadOnlyMemory<byte> body) =>
        JsonBody.Read(body, root => new ListingReader().Page(root));

    private ListingPage? Page(JsonElement root)
    {
        List<JsonElement> lists = root.ValueKind switch
        {
            JsonValueKind.Array => [root],
            JsonValueKind.Object => [.. Lists(root)],
            _ => [],
        };
        if (lists.Count == 0 || !lists.TrueForAll(list => VisitAll(list, isThere: true)))
            return null;

        // Rows with only ids do not tell who is a contact, so they cannot show that the crew is empty.
        if (showsRows && !showsMoreThanIds)
            return null;
        return new(
            contacts, [.. lists.SelectMany(list => list.EnumerateArray()).Select(ContactRow.LineItemId)], rows, nestedPart,
            PageMarks.Of(root));
    }

    private bool VisitAll(JsonElement list, bool isThere)
    {
        foreach (var row in list.EnumerateArray())
        {
            if (!Visit(row, isThere))
                return false;
        }

        return true;
    }

    // What is nested in a deleted row was deleted with it.
    private bool Visit(JsonElement row, bool isThere)
    {
        if (row.ValueKind != JsonValueKind.Object)
            return false;
        isThere &= !ContactRow.IsDeleted(row);
        rows++;
        showsRows |= isThere;
        showsMoreThanIds |= isThere && ContactRow.TellsMoreThanIds(row);
        if (isThere && ContactRow.IsContact(row))
        {
            if (ContactRow.Read(row) is not { } contact)
                return false;
            contacts.Add(contact);
        }

        var before = rows;
        var lists = Lists(row).ToList();
        if (!lists.TrueForAll(list => VisitAll(list, isThere)))
            return false;
        nestedPart |= isThere && lists.Count > 0 && PageMarks.Of(row).Lacks(rows - before);
        return true;
    }

    // The arrays of rows that an object holds, itself or in its "data". Every one of them is read, so that no contact is missed.
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
