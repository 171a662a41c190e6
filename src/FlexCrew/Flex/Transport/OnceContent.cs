using System.Net;

namespace FlexCrew.Flex.Transport;

/// <summary>
/// The body of a write, which can go out once. .NET sends a request without content again, silently, when the server
/// closes a kept-alive connection before it answers; with content it does not, and this one would refuse.
/// It also tells whether the request can have left the machine: .NET flushes the headers only after it has begun with the body.
/// </summary>
internal sealed class OnceContent : HttpContent
{
    private readonly byte[] body;
    private int begun;

    public OnceContent(byte[] body, string? contentType)
    {
        this.body = body;
        if (contentType is not null)
            Headers.TryAddWithoutValidation("Content-Type", contentType);
    }

    /// <summary>Whether sending was begun.</summary>
    public bool Begun => Volatile.Read(ref begun) != 0;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        Interlocked.Exchange(ref begun, 1) == 0
            ? stream.WriteAsync(body, cancellationToken).AsTask()
            : throw new IOException("A write to Flex must not be sent twice.");

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
