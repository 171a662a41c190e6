using System.Text.Json;
using FlexCrew.Flex.Reading;

namespace FlexCrew.Tests.Flex.Reading;

/// <summary>
/// Rows as Flex's equipment documents carry them have no type. A row that is taken for a contact may be deleted, and a contact
/// that is not seen is added again, so each sign counts only with a value that says something.
/// </summary>
public sealed class ContactRowTests
{
    [Theory]
    [InlineData("""{"id":"l","resourceId":"r"}""")]
    [InlineData("""{"id":"l","resourceId":"r","name":"Ana Ruiz","barcode":"","serial":null,"isUnit":false,"isNote":false,"isVirtual":false,"stencil":null}""")]
    [InlineData(
        """{"id":"l","resourceId":"r","barcode":" ","serial":{"data":null},"stencil":{"name":""},"unitId":"","serialUnitId":null}""")]
    [InlineData("""{"id":"l","resourceId":"r","isUnit":"false","isNote":{"data":false},"group":null,"container":false,"virtual":false}""")]
    [InlineData("""{"id":"l","resourceId":"r","isUnit":[],"serial":[],"barcode":false}""")]
    [InlineData("""{"id":"l","resourceId":"r","resourceClassName":"com.shoptick.contact.domain.Contact"}""")]
    [InlineData("""{"id":"l","resourceId":"r","resourceClassName":"com.shoptick.CONTACT.Person","barcode":"B-17"}""")]
    [InlineData("""{"id":"l","resourceId":"r","resourceClassName":"","resource":{"className":null}}""")]
    [InlineData("""{"id":"l","resource":{"id":"r","className":"com.shoptick.contact.domain.Contact"}}""")]
    [InlineData("""{"id":"l","resourceId":"r","barcode":"B-17","contact":{"id":"R","name":"Ana Ruiz"}}""")]
    [InlineData("""{"id":"l","resourceId":"r","barcode":"B-17","contact":{"fieldType":"contact","data":{"id":"r"}}}""")]
    [InlineData("""{"id":"l","resourceId":"r","type":"contact","barcode":"B-17","isUnit":true,"resourceClassName":"x.InventoryItem"}""")]
    [InlineData("""{"id":"l","resourceId":"r","className":"com.shoptick.crew.domain.CrewLine"}""")]
    [InlineData("""{"id":"l","type":"contact"}""")]
    public void A_row_that_shows_nothing_else_is_a_contact(string row) => Assert.True(ContactRow.IsContact(Parse(row)));

    [Theory]
    [InlineData("\"isUnit\":true")]
    [InlineData("\"isUnit\":\"true\"")]
    [InlineData("\"isUnit\":{\"data\":true}")]
    [InlineData("\"isNote\":true")]
    [InlineData("\"isVirtual\":true")]
    [InlineData("\"virtual\":true")]
    [InlineData("\"group\":true")]
    [InlineData("\"container\":true")]
    [InlineData("\"serial\":\"SN-1\"")]
    [InlineData("\"serial\":{\"data\":\"SN-1\"}")]
    [InlineData("\"serial\":4711")]
    [InlineData("\"barcode\":\"0017\"")]
    [InlineData("\"barcode\":{\"preferredDisplayString\":\"0017\"}")]
    [InlineData("\"stencil\":\"A\"")]
    [InlineData("\"serialUnitId\":\"u\"")]
    [InlineData("\"unitId\":\"u\"")]
    [InlineData("\"resourceClassName\":\"com.shoptick.inventory.domain.InventoryItem\"")]
    [InlineData("\"resourceClassName\":\"com.shoptick.labor.domain.ServiceOffering\"")]
    [InlineData("\"resource\":{\"className\":\"com.shoptick.inventory.domain.InventoryItem\"}")]
    [InlineData("\"resource\":{\"resourceClassName\":\"com.shoptick.inventory.domain.InventoryItem\"}")]
    [InlineData("\"barcode\":\"0017\",\"contact\":{\"id\":\"somebody else\"}")]
    [InlineData("\"barcode\":\"0017\",\"contact\":null")]
    public void A_row_without_a_type_that_shows_something_else_is_no_contact(string sign) =>
        Assert.False(ContactRow.IsContact(Parse($$"""{"id":"l","resourceId":"r","type":null,{{sign}}}""")));

    [Theory]
    [InlineData("""{"id":"l","deleted":true}""", true)]
    [InlineData("""{"id":"l","deleted":"true"}""", true)]
    [InlineData("""{"id":"l","deleted":{"data":true}}""", true)]
    [InlineData("""{"id":"l","deleted":false}""", false)]
    [InlineData("""{"id":"l","deleted":null}""", false)]
    [InlineData("""{"id":"l"}""", false)]
    [InlineData("""{"id":"l","resource":{"id":"r","deleted":true},"contact":{"deleted":true}}""", false)]
    public void Only_the_mark_of_the_row_itself_says_that_it_was_deleted(string row, bool deleted) =>
        Assert.Equal(deleted, ContactRow.IsDeleted(Parse(row)));

    [Theory]
    [InlineData("""[{"id":"a","type":"contact","deleted":true},{"id":"b","type":"contact","deleted":false}]""", "b")]
    [InlineData(
        """[{"id":"h","type":"header","deleted":true,"children":[{"id":"a","type":"contact"}]},{"id":"b","type":"contact"}]""", "b")]
    [InlineData("""[{"id":"h","type":"header","children":[{"id":"a","type":"contact","deleted":true,"children":[{"id":"c","type":"contact"}]},{"id":"b","type":"contact"}]}]""", "b")]
    [InlineData("""[{"type":"contact","deleted":true},{"id":"b","type":"contact"}]""", "b")]
    [InlineData("""[{"id":"a","deleted":true}]""", "")]
    public void Whoever_stands_in_a_deleted_row_or_under_one_is_not_there(string rows, string there)
    {
        var page = ListingReader.Read(System.Text.Encoding.UTF8.GetBytes(rows)).Value!;
        Assert.Equal(there, string.Join(',', page.Contacts.Select(contact => contact.LineItemId)));
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
