namespace FlexCrew.Http.Protocol;

/// <summary>Header names, and the values of those that never change.</summary>
internal static class HeaderName
{
    internal const string CorrelationId = "x-correlation-id";
    internal const string Location = "Location";
    internal const string RetryAfter = "Retry-After";
    internal const string PreferenceApplied = "Preference-Applied";
    internal const string CacheControl = "Cache-Control";
    internal const string Allow = "Allow";

    /// <summary>CORS: any page may call, none with cookies; what authorises a call is its token.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Cors = new Dictionary<string, string>
    {
        ["Access-Control-Allow-Origin"] = "*",
        ["Access-Control-Allow-Headers"] =
            "authorization, x-client-info, apikey, content-type, x-requested-with, accept, prefer, "
            + "x-supabase-info, x-supabase-api-version, x-supabase-client-platform, "
            + $"{CorrelationId}, x-region, x-retry-count, traceparent, tracestate, baggage, sentry-trace",
        ["Access-Control-Max-Age"] = "86400",
        ["Access-Control-Expose-Headers"] = $"{Location}, {RetryAfter}, {CorrelationId}",
    };

    internal const string CorsMethods = "Access-Control-Allow-Methods";
}
