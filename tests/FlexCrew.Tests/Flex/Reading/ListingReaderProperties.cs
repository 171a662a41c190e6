using System.Text;
using System.Text.Json.Nodes;
using FlexCrew.Flex.Reading;
using FsCheck;
using FsCheck.Fluent;

namespace FlexCrew.Tests.Flex.Reading;

public sealed class ListingReaderProperties
{
    private static readonly string[] Envelopes = ["", "items", "results", "content", "data", "children", "lineItems"];
    private static readonly string[] NestKeys = ["children", "items", "content", "data", "data.children"];

    [Fact]
    public void Any_nesting_of_rows_yields_the_same_contacts()
    {
        // Each row hangs under the root or under an earlier row, whatever the type of that row is.
        var row = from parent in Gen.Choose(-1, 30)
                  from isContact in ArbMap.Default.GeneratorFor<bool>()
                  from key in Gen.Elements(NestKeys)
                  select (parent, isContact, key);
        var world = from rows in row.ListOf()
                    from envelope in Gen.Elements(Envelopes)
                    select (Rows: rows.ToList(), Envelope: envelope);

        Check(world.ToArbitrary(), sample =>
        {
            var read = ListingReader.Read(Encoding.UTF8.GetBytes(Json(sample.Rows, sample.Envelope)));
            var expected = sample.Rows.Select((row, index) => (row.isContact, id: $"line-{index}")).Where(one => one.isContact);
            return read.Value?.Contacts is { } contacts
                && contacts.Select(contact => contact.LineItemId).Order().SequenceEqual(expected.Select(one => one.id).Order());
        });
    }

    [Fact]
    public void No_json_makes_the_reader_throw_and_only_an_envelope_is_a_listing()
    {
        Check(AnyJson(4).Select(node => node?.ToJsonString() ?? "null").ToArbitrary(), json =>
            ListingReader.Read(Encoding.UTF8.GetBytes(json)) is var read
            && (read.Value is null) != (read.Failure is null)
            && (read.Failure is not null || IsEnvelope(JsonNode.Parse(json))));
    }

    [Fact]
    public void No_bytes_make_the_readers_throw()
    {
        var cut = from json in AnyJson(3).Select(node => Encoding.UTF8.GetBytes(node?.ToJsonString() ?? "null"))
                  from length in Gen.Choose(0, 60)
                  from noise in ArbMap.Default.GeneratorFor<byte[]>()
                  select json.Take(length).Concat(noise).ToArray();

        Check(cut.ToArbitrary(), body =>
            ListingReader.Read(body) is var listing && (listing.Value is null) != (listing.Failure is null)
            && AddAnswerReader.Read(body) is var added && (added.Value is null) != (added.Failure is null)
            && (FlexError.Of(body, "secret") is not { } text || text.Length <= 200));
    }

    private static void Check<T>(Arbitrary<T> arbitrary, Func<T, bool> holds) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(arbitrary, holds));

    private static string Json(List<(int Parent, bool IsContact, string Key)> rows, string envelope)
    {
        var nodes = rows.Select((row, index) => row.IsContact
            ? new JsonObject { ["id"] = $"line-{index}", ["resourceId"] = $"r-{index}" }
            : new JsonObject { ["id"] = $"line-{index}", ["type"] = "header", ["resourceId"] = $"r-{index}" }).ToList();
        var top = new JsonArray();
        var lists = new Dictionary<int, JsonArray>();
        var depths = new Dictionary<int, int> { [-1] = 0 };
        for (var index = 0; index < rows.Count; index++)
        {
            var parent = rows[index].Parent < index && depths.GetValueOrDefault(rows[index].Parent) < 20 ? rows[index].Parent : -1;
            depths[index] = depths[parent] + 1;
            if (parent >= 0 && !lists.ContainsKey(parent))
            {
                lists[parent] = [];
                if (rows[parent].Key == "data.children")
                    nodes[parent]["data"] = new JsonObject { ["children"] = lists[parent] };
                else
                    nodes[parent][rows[parent].Key] = lists[parent];
            }

            (parent < 0 ? top : lists[parent]).Add((JsonNode)nodes[index]);
        }

        return envelope.Length == 0 ? top.ToJsonString() : new JsonObject { ["id"] = "cc", [envelope] = top }.ToJsonString();
    }

    // Written apart from the reader on purpose.
    private static bool IsEnvelope(JsonNode? node) =>
        node is JsonArray
        || (node is JsonObject holder && Envelopes.Any(key => key.Length > 0 && holder[key] is JsonArray))
        || (node is JsonObject outer && outer["data"] is JsonObject data && IsEnvelope(data));

    private static Gen<JsonNode?> AnyJson(int depth)
    {
        var name = Gen.Elements("id", "lineItemId", "lineItem", "resourceId", "resource", "type", "managedResourceLineItemType",
            "business-role", "businessRole", "items", "results", "content", "children", "lineItems", "data", "error",
            "exceptionMessage", "success", "message", "addedResourceLineIds", "x");
        var scalar = Gen.OneOf(
            Gen.Elements("contact", "note", "", " ", "\uD800", "a", "null").Select(text => (JsonNode?)JsonValue.Create(text)),
            Gen.Choose(-5, 5).Select(number => (JsonNode?)JsonValue.Create(number)),
            ArbMap.Default.GeneratorFor<bool>().Select(flag => (JsonNode?)JsonValue.Create(flag)),
            Gen.Constant((JsonNode?)null));
        if (depth == 0)
            return scalar;
        var inner = AnyJson(depth - 1);
        var array = inner.ListOf().Select(items => (JsonNode?)new JsonArray([.. items.Take(4).Select(item => item?.DeepClone())]));
        var entry = from key in name from value in inner select (key, value);
        var holder = entry.ListOf().Select(entries =>
        {
            var node = new JsonObject();
            foreach (var (key, value) in entries.Take(5))
                node[key] = value?.DeepClone();
            return (JsonNode?)node;
        });
        return Gen.Frequency((1, scalar), (3, array), (5, holder));
    }
}
