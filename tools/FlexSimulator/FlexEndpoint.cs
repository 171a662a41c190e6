namespace FlexSimulator;

/// <summary>The requests of the crew-call part of the Flex API. Values can be combined where several are meant.</summary>
[Flags]
public enum FlexEndpoint
{
    None = 0,

    /// <summary><c>POST /line-item/{cc}/add-resource/{resource}</c></summary>
    AddResource = 1,

    /// <summary><c>GET /line-item/{cc}/row-data/</c></summary>
    RowData = 2,

    /// <summary><c>GET /line-item/{cc}/row-data/findRowData</c></summary>
    FindRowData = 4,

    /// <summary><c>GET /element/{cc}/line-items</c></summary>
    LineItems = 8,

    /// <summary><c>GET /line-item/{cc}/children</c></summary>
    Children = 16,

    /// <summary><c>GET /line-item/{cc}</c></summary>
    Single = 32,

    /// <summary><c>POST /line-item/{cc}/row-data/</c></summary>
    SetRole = 64,

    /// <summary><c>DELETE /line-item/{line}</c></summary>
    Delete = 128,

    /// <summary><c>DELETE /line-item</c></summary>
    BulkDelete = 256,

    /// <summary>Anything else.</summary>
    Unknown = 512,

    Reads = RowData | FindRowData | LineItems | Children | Single,
    Writes = AddResource | SetRole | Delete | BulkDelete,
    Any = Reads | Writes | Unknown,
}
