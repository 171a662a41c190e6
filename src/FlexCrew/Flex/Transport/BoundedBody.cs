namespace FlexCrew.Flex.Transport;

/// <summary>Reads a body of unknown length, up to a limit.</summary>
internal static class BoundedBody
{
    private const int Start = 16 * 1024;

    /// <summary>The body; null when it is larger than <paramref name="limit"/> bytes, in which case no more is read.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContent content, int limit, CancellationToken cancellation)
    {
        if (content.Headers.ContentLength > limit)
            return null;
        await using var stream = await content.ReadAsStreamAsync(cancellation);

        // One byte more than allowed, so that a body of exactly the limit is told from a larger one.
        var most = limit == int.MaxValue ? limit : limit + 1;
        var buffer = new byte[Math.Min(most, Start)];
        var length = 0;
        while (await stream.ReadAsync(buffer.AsMemory(length), cancellation) is var read and > 0)
        {
            length += read;
            if (length > limit)
                return null;
            if (length == buffer.Length)
                Array.Resize(ref buffer, (int)Math.Min(most, length * 2L));
        }

        return buffer.AsMemory(0, length);
    }
}
