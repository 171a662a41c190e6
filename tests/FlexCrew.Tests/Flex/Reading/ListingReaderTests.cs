using System.Text;
using FlexCrew.Flex;
using FlexCrew.Flex.Reading;

namespace FlexCrew.Tests.Flex.Reading;

public sealed class ListingReaderTests
{
    private const string Ana = """{"id":"line-a","resourceId":"ana","managedResourceLineItemType":"contact"}""";
    private const string Note = """{"id":"line-n","type":"note","name":"bring gaffer"}""";

    [Theory]
    [InlineData("[ROWS]")]
    [InlineData("""{"data":{"items":[ROWS]}}""")]
    [InlineData("""{"items":[ROWS]}""")]
    [InlineData("""{"results":[ROWS]}""")]
    [InlineData("""{"data":[ROWS]}""")]
    [InlineData("""{"content":[ROWS],"totalPages":1}""")]
    [InlineData("""{"data":{"content":[ROWS],"totalPages":1}}""")]
    [InlineData("""{"id":"cc","children":[ROWS]}""")]
    [InlineData("""{"id":"cc","lineItems":[ROWS]}""")]
    [InlineData("""{"id":"cc","data":{"children":[ROWS]}}""")]
    [InlineData("\uFEFF  [ROWS]  ")]
    public void Every_known_envelope_is_understood(string envelope)
    {
        var contacts = Contacts(envelope.Replace("ROWS", $"{Note},{Ana}"));
        Assert.Equal([new FlexContact("line-a", "ana")], contacts);
        Assert.Empty(Contacts(envelope.Replace("ROWS", "")));
    }

    [Theory]
    [InlineData("children", "[ROWS]")]
    [InlineData("items", "[ROWS]")]
    [InlineData("content", "[ROWS]")]
    [InlineData("data", "[ROWS]")]
    [InlineData("data", """{"children":[ROWS]}""")]
    public void Contacts_are_found_under_rows_of_any_type(string key, string nested)
    {
        var inner = $$"""{"id":"h2","type":"header","{{key}}":{{nested.Replace("ROWS", Ana)}}}""";
        var outer = $$"""[{"id":"h1","type":"header","{{key}}":{{nested.Replace("ROWS", inner)}}}]""";
        Assert.Equal([new FlexContact("line-a", "ana")], Contacts(outer));
    }

    [Fact]
    public void A_contact_under_a_contact_is_found_too()
    {
        var contacts = Contacts($$"""[{"id":"line-b","resourceId":"bea","type":"contact","children":[{{Ana}}]}]""");
        Assert.Equal(["line-b", "line-a"], contacts.Select(contact => contact.LineItemId));
    }

    [Theory]
    [InlineData("""{"id":"l","resourceId":"r"}""")]
    [InlineData("""{"lineItemId":"l","resource":{"id":"r"}}""")]
    [InlineData("""{"id":"l","lineItem":{"id":"other"},"resourceId":"r","resource":{"id":"other"}}""")]
    [InlineData("""{"lineItem":{"id":"l"},"resource":{"resourceId":"r"}}""")]
    [InlineData("""{"id":"l","resourceId":"r","managedResourceLineItemType":"CONTACT"}""")]
    [InlineData("""{"id":"l","resourceId":"r","managedResourceLineItemType":"","type":"Contact"}""")]
    [InlineData("""{"id":"l","resourceId":"r","managedResourceLineItemType":null,"type":" "}""")]
    [InlineData("""{"id":"l","resourceId":"r","type":{"id":"6f1","name":"Contact"}}""")]
    [InlineData("""{"id":{"data":"l"},"resourceId":{"value":"r"},"type":{"data":"contact"}}""")]
    public void Ids_and_types_are_found_wherever_Flex_puts_them(string row) =>
        Assert.Equal([new FlexContact("l", "r")], Contacts($"[{row}]"));

    [Fact]
    public void Ids_may_be_numbers() =>
        Assert.Equal([new FlexContact("17", "4")], Contacts("""[{"id":17,"resourceId":4}]"""));

    [Fact]
    public void A_contact_may_lack_a_resource_id() =>
        Assert.Equal([new FlexContact("l", null)], Contacts("""[{"id":"l","type":"contact"}]"""));

    [Theory]
    [InlineData("""{"id":"l","resourceId":"r","type":"inventory-model"}""")]
    [InlineData("""{"id":"l","resourceId":"r","type":"note"}""")]
    [InlineData("""{"id":"l","resourceId":"r","managedResourceLineItemType":"service-offering","type":"contact"}""")]
    [InlineData("""{"id":"l","resourceId":"r","type":{"id":"header"}}""")]
    [InlineData("""{"id":"l","resourceId":"r","type":7}""")]
    [InlineData("""{"id":"l","name":"no type, no resource"}""")]
    public void Anything_else_is_never_a_contact(string row) => Assert.Empty(Contacts($"[{row}]"));

    [Theory]
    [InlineData("""{}""", null)]
    [InlineData("""{"business-role":null}""", "")]
    [InlineData("""{"business-role":""}""", "")]
    [InlineData("""{"businessRole":"r-1"}""", "r-1")]
    [InlineData("""{"business-role":{"fieldType":"business-role","data":"r-1"}}""", "r-1")]
    [InlineData("""{"business-role":{"fieldType":"business-role","data":null}}""", "")]
    [InlineData("""{"business-role":{"data":{"id":"r-1","name":"Técnico"}}}""", "r-1")]
    [InlineData("""{"business-role":{"id":"r-1"}}""", "r-1")]
    [InlineData("""{"business-role":{"value":17}}""", "17")]
    [InlineData("""{"business-role":{"preferredDisplayString":"Técnico"}}""", "Técnico")]
    [InlineData("""{"business-role":{"displayString":"Técnico"}}""", "Técnico")]
    [InlineData("""{"business-role":{"name":"Técnico"}}""", "Técnico")]
    [InlineData("""{"business-role":{"fieldType":"business-role"}}""", null)]
    [InlineData("""{"business-role":["r-1"]}""", null)]
    [InlineData("""{"business-role":"","businessRole":"r-1"}""", "r-1")]
    public void A_business_role_is_told_or_told_to_be_none_or_not_told(string cells, string? role)
    {
        var row = $$"""{"id":"l","resourceId":"r"{{(cells.Length > 2 ? "," + cells[1..^1] : "")}}}""";
        Assert.Equal(role, Assert.Single(Contacts($"[{row}]")).BusinessRole);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"unexpected":{"shape":true}}""")]
    [InlineData("""{"items":{"0":{"id":"l","resourceId":"r"}}}""")]
    [InlineData("""{"items":null}""")]
    [InlineData("""{"data":{"rows":[]}}""")]
    [InlineData("\"line-a\"")]
    [InlineData("17")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("""["line-a"]""")]
    [InlineData("""[null]""")]
    [InlineData("""[[]]""")]
    [InlineData("""[{"id":"h","type":"header","children":["line-a"]}]""")]
    [InlineData("""[{"resourceId":"ana","type":"contact"}]""")]
    [InlineData("""[{"id":"","resourceId":"ana"}]""")]
    [InlineData("""[{"id":"l1","rootLineId":"l1","leaf":true,"container":false}]""")]
    [InlineData("""[{"id":"l1","ordinal":1,"group":false,"expanded":true,"deleted":false}]""")]
    [InlineData("""[{"id":"l1","deleted":false},{"id":"l2","deleted":true,"name":"gone"}]""")]
    [InlineData("""{"exceptionMessage":"No session","items":[]}""")]
    [InlineData("""{"error":"gone","items":[]}""")]
    [InlineData("""{"success":false,"items":[]}""")]
    [InlineData("")]
    [InlineData("  \r\n")]
    [InlineData("OK")]
    [InlineData("""[{"id":"line-a","resourceId":"ana"},""")]
    [InlineData("""{"items":[]} {"items":[]}""")]
    [InlineData("""<?xml version="1.0"?><rows/>""")]
    public void What_is_not_understood_is_a_failure_and_never_an_empty_crew(string body)
    {
        var read = ListingReader.Read(Encoding.UTF8.GetBytes(body));
        Assert.Null(read.Value);
        Assert.Equal(FailureKind.FlexUnreadable, read.Failure?.Kind);
    }

    /// <summary>A body that got lost on its way may be whole the next time; one that is whole and strange will not.</summary>
    [Theory]
    [InlineData("", true)]
    [InlineData("""[{"id":"line-a","resourceId":"ana"},""", true)]
    [InlineData("17", false)]
    [InlineData("""{"error":"gone"}""", false)]
    public void What_came_broken_is_worth_another_try(string body, bool again) =>
        Assert.Equal(again, ListingReader.Read(Encoding.UTF8.GetBytes(body)).Failure?.Retryable);

    [Theory]
    [InlineData("<!DOCTYPE html><html><body>Sign in</body></html>")]
    [InlineData("\uFEFF\n <HTML lang=en>")]
    [InlineData("<!-- proxy --><!doctype HTML>")]
    public void A_listing_that_is_an_html_page_means_a_refused_token_or_a_wrong_url(string body)
    {
        var failure = ListingReader.Read(Encoding.UTF8.GetBytes(body)).Failure;
        Assert.Equal(ReplyFailures.LoginPage, failure);
    }

    [Fact]
    public void Invalid_text_is_a_failure()
    {
        byte[] notUtf8 = [.. "[{\"id\":\""u8, 0xFF, 0xFE, .. "\",\"resourceId\":\"r\"}]"u8];
        Assert.NotNull(ListingReader.Read(notUtf8).Failure);
        Assert.NotNull(ListingReader.Read("""[{"id":"\ud800","resourceId":"r"}]"""u8.ToArray()).Failure);
    }

    [Fact]
    public void Rows_nested_deeper_than_is_sane_are_a_failure()
    {
        var deep = string.Concat(Enumerable.Repeat("""[{"id":"h","type":"header","children":""", 100_000));
        Assert.NotNull(ListingReader.Read(Encoding.UTF8.GetBytes(deep)).Failure);
    }

    private static IReadOnlyList<FlexContact> Contacts(string body)
    {
        var read = ListingReader.Read(Encoding.UTF8.GetBytes(body));
        Assert.Null(read.Failure);
        return read.Value!.Contacts;
    }
}
