namespace FlexSimulator;

/// <summary>Whether an encoding of add-resource is understood.</summary>
public enum EncodingPolicy
{
    Accepted,

    /// <summary>400</summary>
    BadRequest,

    /// <summary>415</summary>
    UnsupportedMediaType,
}

/// <summary>The one form key that the bulk DELETE understands.</summary>
public enum BulkDeleteKey
{
    /// <summary><c>lineItemIds</c></summary>
    LineItemIds,

    /// <summary><c>lineItemId</c></summary>
    LineItemId,

    /// <summary><c>ids</c></summary>
    Ids,

    /// <summary>No key at all.</summary>
    None,
}

/// <summary>What the bulk DELETE does with something it does not understand.</summary>
public enum BulkDeleteOther
{
    /// <summary>400 for a key, 404 for an id; nothing is deleted.</summary>
    Refused,

    /// <summary>2xx as if nothing were wrong; what was not understood is not deleted.</summary>
    Ignored,
}

/// <summary>What becomes of a line that is deleted.</summary>
public enum DeletedLines
{
    /// <summary>No listing shows it any more.</summary>
    Removed,

    /// <summary>Listings go on showing it, with <c>deleted: true</c>.</summary>
    Marked,
}

/// <summary>The answer for a crew call that does not exist.</summary>
public enum UnknownCrewCall
{
    NotFound,

    /// <summary>It is made, empty, when it is first used.</summary>
    Created,
}

/// <summary>The answer to a request whose token is not accepted.</summary>
public enum TokenRefusal
{
    /// <summary>401 with an exceptionMessage.</summary>
    Unauthorized,

    /// <summary>403 with an exceptionMessage.</summary>
    Forbidden,

    /// <summary>200 with the HTML of a login page.</summary>
    LoginPage,

    /// <summary>302 to a login page.</summary>
    Redirect,
}

/// <summary>How a 429 says when to come back.</summary>
public enum RetryAfterForm
{
    None,
    Seconds,
    HttpDate,
}

/// <summary>At most so many requests in any window of that length; the rest get 429.</summary>
/// <param name="Requests">How many.</param>
/// <param name="Window">The length.</param>
/// <param name="RetryAfter">How the answer says when to come back.</param>
public sealed record RateLimit(int Requests, TimeSpan Window, RetryAfterForm RetryAfter = RetryAfterForm.Seconds);
