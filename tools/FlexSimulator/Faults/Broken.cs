using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;

namespace FlexSimulator;

/// <summary>Ends a request by its connection.</summary>
internal static class Broken
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>TCP RST.</summary>
    public static void Reset(HttpContext context, RequestLog log, Call call)
    {
        log.End(call, RequestEnding.Broken);
        context.Abort();
    }

    /// <summary>TCP FIN, without a byte of an answer.</summary>
    public static Task CloseAsync(HttpContext context, RequestLog log, Call call) => FinishAsync(context, log, call, [], null);

    /// <summary>A head that promises the body, half of the body, TCP FIN.</summary>
    public static Task TruncateAsync(HttpContext context, RequestLog log, Call call, byte[] body)
    {
        var promised = Math.Max(body.Length, 2);
        var head = $"HTTP/1.1 200 OK\r\nContent-Type: {Answer.Json}\r\nContent-Length: {promised}\r\n\r\n";
        return FinishAsync(context, log, call, [.. System.Text.Encoding.ASCII.GetBytes(head), .. body[..(body.Length / 2)]], 200);
    }

    /// <summary>
    /// Writes past the server to its socket, which nobody else writes to before the answer begins:
    /// so that the bytes are surely sent before the connection closes.
    /// </summary>
    private static async Task FinishAsync(HttpContext context, RequestLog log, Call call, byte[] bytes, int? status)
    {
        log.End(call, RequestEnding.Broken, status);
        var socket = context.Features.Get<IConnectionSocketFeature>()!.Socket;
        try
        {
            if (bytes.Length > 0) await socket.SendAsync(bytes);
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The client has gone already.
        }
        await Waits.UntilAsync(context.RequestAborted, Patience);
        context.Abort();
    }
}
