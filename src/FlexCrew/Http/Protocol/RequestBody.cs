using Microsoft.AspNetCore.Http;

namespace FlexCrew.Http.Protocol;

/// <summary>A request body, read whole but never beyond its limit, whatever its headers say.</summary>
internal static class RequestBody
{
    /// <summary>Largest body, in bytes.</summary>
    internal const int Limit = 64 * 1024;

    private static readonly Reply TooLarge = Replies.Error(413, $"Request body is larger than {Limit} bytes");

    /// <summary>The body, or the answer that refuses it.</summary>
    internal static async Task<(ReadOnlyMemory<byte> Body, Reply? Refusal)> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > Limit)
            return (default, TooLarge);

        var buffer = new byte[(request.ContentLength ?? Limit) + 1];
        var length = 0;
        try
        {
            while (length < buffer.Length && await request.Body.ReadAsync(buffer.AsMemory(length), cancellation) is > 0 and var read)
                length += read;
        }
        catch (BadHttpRequestException broken)
        {
            return (default, Replies.Error(broken.StatusCode, "Request body could not be read"));
        }
        return length > Limit ? (default, TooLarge) : (buffer.AsMemory(0, length), null);
    }
}
