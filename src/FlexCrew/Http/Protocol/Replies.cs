using System.Text.Json;
using System.Text.Json.Serialization;
using FlexCrew.Security;

namespace FlexCrew.Http.Protocol;

/// <summary>The answers that more than one route gives.</summary>
internal static class Replies
{
    /// <summary>Exactly this: supabase-js compares it with regard to case.</summary>
    internal const string JsonType = "application/json";

    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    internal static Reply Preflight { get; } = new() { Status = 200 };

    internal static Reply NotFound { get; } = Error(404, "Not found");

    internal static Reply Json(int status, object body) => new()
    {
        Status = status,
        ContentType = JsonType,
        Body = JsonSerializer.Serialize(body, Options),
    };

    /// <summary>The sentence about an id that is none.</summary>
    internal static string NoUuid(string name) => $"{name} must be a UUID";

    internal static Reply Error(int status, string error) => Json(status, new { ok = false, error });

    internal static Reply Error(int status, string error, string correlationId) =>
        Json(status, new { ok = false, error, correlation_id = correlationId });

    internal static Reply Denied(Authorization authorization) => authorization is Authorization.Denied denied
        ? Error(denied.Status, denied.Error)
        : throw new ArgumentException("The caller was not denied", nameof(authorization));

    internal static Reply MethodNotAllowed(RouteMethods methods) => new Reply
    {
        Status = 405,
        ContentType = "text/plain;charset=UTF-8",
        Body = "Method Not Allowed",
    }.With(HeaderName.Allow, methods.Allow);
}
