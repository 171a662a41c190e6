using System.Globalization;
using System.Text;
using System.Text.Json;
using FlexCrew.Flex.Reading;

namespace FlexCrew.Flex.Transport;

/// <summary>A request as it goes over the wire, without its headers. A write has a body, be it an empty one.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">Path and query below the base URL, escaped.</param>
/// <param name="Body">The body; null for reads.</param>
/// <param name="ContentType">The type of the body; null when none is sent.</param>
internal sealed record FlexRequest(HttpMethod Method, string Path, byte[]? Body = null, string? ContentType = null)
{
    private const string Form = "application/x-www-form-urlencoded; charset=UTF-8";
    private const string AddForm = "resourceParentId=&managedResourceLineItemType=contact&quantity=1&parentLineItemId=&nextSiblingId=";
    private static readonly string[] Codes = ["contact", "business-role", "pickup-date", "return-date", "notes", "quantity", "status"];

    /// <summary>Lists the contacts of a crew call; a later page only where an answer told of one.</summary>
    public static FlexRequest List(FlexListing listing, string elementId, DateTimeOffset now, NextPage? page = null) =>
        new(HttpMethod.Get, listing switch
        {
            FlexListing.RowData => $"/line-item/{Escape(elementId)}/row-data/?{Query(now)}{Page(page)}",
            FlexListing.LineItems => $"/element/{Escape(elementId)}/line-items?{Query(now)}{Page(page)}",
            FlexListing.Children => $"/line-item/{Escape(elementId)}/children?{Query(now)}{Page(page)}",
            FlexListing.Single => $"/line-item/{Escape(elementId)}{(page is null ? "" : $"?{Page(page)[1..]}")}",
            _ => throw new ArgumentOutOfRangeException(nameof(listing)),
        });

    /// <summary>Adds a contact as the Flex UI does, with a form.</summary>
    public static FlexRequest Add(string elementId, string resourceId) =>
        new(HttpMethod.Post, AddPath(elementId, resourceId), Encoding.ASCII.GetBytes(AddForm), Form);

    /// <summary>Adds a contact where the form is refused.</summary>
    public static FlexRequest AddWithoutForm(string elementId, string resourceId) =>
        new(HttpMethod.Post, AddPath(elementId, resourceId), []);

    /// <summary>Sets the business role of a contact.</summary>
    public static FlexRequest SetBusinessRole(string elementId, string lineItemId, string roleId) => new(
        HttpMethod.Post,
        $"/line-item/{Escape(elementId)}/row-data/",
        JsonSerializer.SerializeToUtf8Bytes(new { lineItemId, fieldType = "business-role", payloadValue = roleId }),
        "application/json");

    /// <summary>Deletes one line item.</summary>
    public static FlexRequest Delete(string lineItemId) => new(HttpMethod.Delete, $"/line-item/{Escape(lineItemId)}", []);

    /// <summary>Deletes several; the ids are in the body, as the Flex UI sends them.</summary>
    public static FlexRequest DeleteMany(IEnumerable<string> lineItemIds, string key) => new(
        HttpMethod.Delete,
        "/line-item",
        Encoding.ASCII.GetBytes(string.Join('&', lineItemIds.Select(id => $"{Escape(key)}={Escape(id)}"))),
        Form);

    private static string AddPath(string elementId, string resourceId) =>
        $"/line-item/{Escape(elementId)}/add-resource/{Escape(resourceId)}";

    private static string Query(DateTimeOffset now) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"_dc={now.ToUnixTimeMilliseconds()}&{string.Join('&', Codes.Select(code => $"codeList={code}"))}&node=root");

    private static string Page(NextPage? page) =>
        page is null ? "" : string.Create(CultureInfo.InvariantCulture, $"&page={page.Page}&size={page.Size}");

    private static string Escape(string id) => Uri.EscapeDataString(id);
}
