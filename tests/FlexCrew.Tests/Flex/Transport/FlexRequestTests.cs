using System.Text;
using FlexCrew.Flex;
using FlexCrew.Flex.Reading;
using FlexCrew.Flex.Transport;

namespace FlexCrew.Tests.Flex.Transport;

public sealed class FlexRequestTests
{
    private const string Form = "application/x-www-form-urlencoded; charset=UTF-8";
    private const string Query =
        "?_dc=1767225600123&codeList=contact&codeList=business-role&codeList=pickup-date&codeList=return-date"
        + "&codeList=notes&codeList=quantity&codeList=status&node=root";

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, 123, TimeSpan.Zero);

    [Theory]
    [InlineData(FlexListing.RowData, "/line-item/cc/row-data/" + Query)]
    [InlineData(FlexListing.LineItems, "/element/cc/line-items" + Query)]
    [InlineData(FlexListing.Children, "/line-item/cc/children" + Query)]
    [InlineData(FlexListing.Single, "/line-item/cc")]
    public void A_listing_is_asked_for_as_the_Flex_UI_asks(FlexListing listing, string path) =>
        Assert.Equal("GET " + path + " (none)", Wire(FlexRequest.List(listing, "cc", Now)));

    [Theory]
    [InlineData(FlexListing.RowData, "/line-item/cc/row-data/" + Query + "&page=2&size=20")]
    [InlineData(FlexListing.LineItems, "/element/cc/line-items" + Query + "&page=2&size=20")]
    [InlineData(FlexListing.Children, "/line-item/cc/children" + Query + "&page=2&size=20")]
    [InlineData(FlexListing.Single, "/line-item/cc?page=2&size=20")]
    public void A_later_page_is_asked_for_in_the_words_of_Spring(FlexListing listing, string path) =>
        Assert.Equal("GET " + path + " (none)", Wire(FlexRequest.List(listing, "cc", Now, new NextPage(2, 20))));

    [Fact]
    public void Writes_are_sent_as_the_Flex_UI_sends_them()
    {
        Assert.Equal(
            $"POST /line-item/cc/add-resource/res ({Form}) resourceParentId=&managedResourceLineItemType=contact&quantity=1&parentLineItemId=&nextSiblingId=",
            Wire(FlexRequest.Add("cc", "res")));
        Assert.Equal("POST /line-item/cc/add-resource/res () ", Wire(FlexRequest.AddWithoutForm("cc", "res")));
        Assert.Equal(
            """POST /line-item/cc/row-data/ (application/json) {"lineItemId":"li","fieldType":"business-role","payloadValue":"role"}""",
            Wire(FlexRequest.SetBusinessRole("cc", "li", "role")));
        Assert.Equal("DELETE /line-item/li () ", Wire(FlexRequest.Delete("li")));
        Assert.Equal(
            $"DELETE /line-item ({Form}) lineItemIds=a&lineItemIds=b%26c%3Dd", Wire(FlexRequest.DeleteMany(["a", "b&c=d"], "lineItemIds")));
    }

    [Theory]
    [InlineData("a/../b", "/line-item/a%2F..%2Fb")]
    [InlineData("a?b#c", "/line-item/a%3Fb%23c")]
    [InlineData("a b%2e", "/line-item/a%20b%252e")]
    [InlineData("ñ", "/line-item/%C3%B1")]
    public void An_id_stays_one_segment_of_the_path(string id, string path)
    {
        Assert.True(FlexIds.AreUsable(id));
        Assert.Equal(path, FlexRequest.Delete(id).Path);
        Assert.Equal("/f5/api" + path, new Uri("https://flex.test/f5/api" + path).AbsolutePath);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a\r\nb")]
    public void An_id_that_would_change_the_path_is_not_usable(string id) => Assert.False(FlexIds.AreUsable("fine", id));

    [Fact]
    public async Task A_body_goes_out_once_and_tells_whether_it_did()
    {
        using var content = new OnceContent([], contentType: null);
        Assert.False(content.Begun);
        Assert.Null(content.Headers.ContentType);
        Assert.Equal(0, content.Headers.ContentLength);

        await content.CopyToAsync(Stream.Null);
        Assert.True(content.Begun);
        await Assert.ThrowsAnyAsync<Exception>(() => content.CopyToAsync(Stream.Null));
    }

    private static string Wire(FlexRequest request) => request.Body is null
        ? $"{request.Method} {request.Path} (none)"
        : $"{request.Method} {request.Path} ({request.ContentType}) {Encoding.UTF8.GetString(request.Body)}";
}
