using System.Text.Json;

namespace FlexCrew.Flex.Reading;

/// <summary>Finds what Flex says went wrong: <c>exceptionMessage</c>, <c>error</c>, or <c>success: false</c> with <c>message</c>.</summary>
internal static class FlexError
{
    private const int Longest = 200;

    /// <summary>The text of the error, empty when there is an error without a text; null when there is no error.</summary>
    public static string? Of(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return null;
        var exception = Text(root, "exceptionMessage");
        var error = Text(root, "error");
        var failed = root.TryGetProperty("success", out var success) && success.ValueKind == JsonValueKind.False;
        if (exception is null && error is null && !failed)
            return null;
        return exception ?? (Text(root, "message") is { Length: > 0 } message ? message : error) ?? "";
    }

    /// <summary>The text of the error in a body, fit to be shown: one line, at most 200 characters, without the secret.</summary>
    public static string? Of(ReadOnlyMemory<byte> body, string secret)
    {
        if (JsonBody.Trim(body.Span) is not [(byte)'{', ..])
            return null;
        try
        {
            using var document = JsonDocument.Parse(JsonBody.WithoutMark(body));
            return Of(document.RootElement) is { } text ? Show(text, secret) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>One line of at most 200 characters, without the secret.</summary>
    public static string Show(string text, string secret)
    {
        var safe = secret.Length == 0 ? text : text.Replace(secret, "[token]", StringComparison.OrdinalIgnoreCase);
        var spaced = string.Concat(safe.Select(c => char.IsControl(c) || char.IsWhiteSpace(c) || char.IsSurrogate(c) ? ' ' : c));
        var line = string.Join(' ', spaced.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= Longest ? line : line[..Longest];
    }

    private static string? Text(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var value))
            return null;
        return value.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.False => null,
            JsonValueKind.String => value.GetString() is { Length: > 0 } text ? text : null,
            JsonValueKind.Object => (Text(value, "message") ?? Text(value, "exceptionMessage")) ?? "",
            _ => "",
        };
    }
}
