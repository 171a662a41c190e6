using System.Text.Json.Serialization;

namespace FlexSimulator;

/// <summary>How the API behaves when nothing is broken. Any of it can be changed at any time.</summary>
public sealed class FlexBehaviour
{
    /// <summary>The accepted <c>X-Auth-Token</c>; null accepts every request. Never written anywhere.</summary>
    [JsonIgnore]
    public string? Token { get; set; }

    /// <summary>The token is also required as <c>apikey</c>.</summary>
    public bool RequireApiKey { get; set; }

    public TokenRefusal TokenRefusal { get; set; }

    public UnknownCrewCall UnknownCrewCall { get; set; }

    /// <summary>How long each request takes; a write is committed at its end, also when the client has gone by then.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Up to so much is added to <see cref="Latency"/>, by the seeded random.</summary>
    public TimeSpan Jitter { get; set; }

    public RateLimit? RateLimit { get; set; }

    /// <summary>More requests than this at once get <see cref="OverloadStatus"/>; null: no limit.</summary>
    public int? MaxConcurrency { get; set; }

    public int OverloadStatus { get; set; } = 503;

    public AddAnswer AddAnswer { get; set; }

    /// <summary>add-resource with a form body.</summary>
    public EncodingPolicy FormBody { get; set; }

    /// <summary>add-resource without a body.</summary>
    public EncodingPolicy EmptyPost { get; set; }

    /// <summary>The <c>fieldType</c> under which row-data takes a business role.</summary>
    public string RoleFieldType { get; set; } = "business-role";

    /// <summary>Names of business roles by dictionary id, for cells that hold a text; an id without a name stands for itself.</summary>
    public Dictionary<string, string> RoleNames { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The status of a DELETE that was done; 204 has no body.</summary>
    public int DeleteStatus { get; set; } = 200;

    public DeletedLines DeletedLines { get; set; }

    public BulkDeleteKey BulkDeleteKey { get; set; }

    public BulkDeleteOther BulkDeleteOtherKeys { get; set; }

    public BulkDeleteOther BulkDeleteUnknownIds { get; set; } = BulkDeleteOther.Ignored;

    public ListingShape RowData { get; set; } = new() { RoleCell = RoleCell.Data };

    public ListingShape FindRowData { get; set; } = new() { IdsOnly = true };

    public ListingShape LineItems { get; set; } = new();

    public ListingShape Children { get; set; } = new();

    public ListingShape Single { get; set; } = new() { Envelope = ListEnvelope.Children };

    /// <summary>Endpoints that do not exist, with the status they answer (404, 405).</summary>
    public Dictionary<FlexEndpoint, int> Off { get; set; } = [];

    /// <summary>The shape of one listing.</summary>
    public ListingShape ShapeOf(FlexEndpoint listing) => listing switch
    {
        FlexEndpoint.RowData => RowData,
        FlexEndpoint.FindRowData => FindRowData,
        FlexEndpoint.LineItems => LineItems,
        FlexEndpoint.Children => Children,
        FlexEndpoint.Single => Single,
        _ => throw new ArgumentOutOfRangeException(nameof(listing), listing, "Not a listing."),
    };
}
