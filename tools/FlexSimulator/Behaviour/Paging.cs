namespace FlexSimulator;

/// <summary>How a listing comes in pages: of the rows at the top; what is nested in a row comes with it.</summary>
public sealed record Paging
{
    /// <summary>How many rows a page holds when the request does not say it.</summary>
    public int Size { get; set; } = 20;

    /// <summary>In which words an answer says that it is one page of several.</summary>
    public PageWords Words { get; set; }

    /// <summary>Whether the <c>page</c> and <c>size</c> of a request count; else each request gets the first page.</summary>
    public bool CanBeFollowed { get; set; } = true;
}

/// <summary>The words in which an answer says that it is one page of several.</summary>
public enum PageWords
{
    /// <summary>Spring's page: <c>last, totalElements, totalPages, number, size, first, numberOfElements, empty</c></summary>
    Spring,

    /// <summary>Spring's newer page: <c>page: { size, number, totalElements, totalPages }</c></summary>
    SpringPage,

    /// <summary>Spring's slice, which does not know the total: <c>last, number, size, first, numberOfElements</c></summary>
    SpringSlice,

    /// <summary><c>total</c></summary>
    Total,

    /// <summary><c>totalCount</c></summary>
    TotalCount,

    /// <summary><c>hasMore</c></summary>
    HasMore,
}
