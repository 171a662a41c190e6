using System.Text.Json;

namespace FlexCrew.Flex.Reading;

/// <summary>Reads a 2xx body as JSON. A body that is no JSON, or tells of an error, is a failure; nothing throws.</summary>
internal static class JsonBody
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 128 };

    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <summary>Parses the body and reads it with <paramref name="read"/>, which returns null for what it does not understand.</summary>
    public static FlexRead<T> Read<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T?> read)
        where T : class
    {
        if (HtmlPage.Is(body.Span))
            return FlexRead<T>.Failed(ReplyFailures.LoginPage);
        if (Trim(body.Span).IsEmpty)
            return FlexRead<T>.Failed(ReplyFailures.Unreadable("Flex answered nothing", retryable: true));
        try
        {
            using var document = JsonDocument.Parse(WithoutMark(body), Options);
            if (FlexError.Of(document.RootElement) is not null)
                return FlexRead<T>.Failed(ReplyFailures.Unreadable("Flex answered with an error"));
            return read(document.RootElement) is { } value
                ? FlexRead<T>.Of(value)
                : FlexRead<T>.Failed(ReplyFailures.Unreadable("Flex answered with something that is not understood"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // JsonElement throws InvalidOperationException for text that is no valid UTF-8, or half a surrogate pair.
            return FlexRead<T>.Failed(ReplyFailures.Unreadable("Flex answered with malformed or incomplete JSON", retryable: true));
        }
    }

    /// <summary>The body without byte order mark and white space around it.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> body) =>
        (body.StartsWith(ByteOrderMark) ? body[ByteOrderMark.Length..] : body).Trim(" \t\r\n"u8);

    /// <summary>The body without its byte order mark, which the parser does not take.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) =>
        body.Span.StartsWith(ByteOrderMark) ? body[ByteOrderMark.Length..] : body;
}
