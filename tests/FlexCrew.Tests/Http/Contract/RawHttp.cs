using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace FlexCrew.Tests.Http.Contract;

/// <summary>An answer as it came over the wire. Header names in lower case.</summary>
public sealed record RawAnswer(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, string Body)
{
    public string? Header(string name)
    {
        var values = Headers.Where(header => header.Key == name).Select(header => header.Value).ToArray();
        return values.Length == 0 ? null : string.Join(" | ", values);
    }
}

/// <summary>HTTP/1.1 without a library in between: paths, repeated headers and bodies go out exactly as written.</summary>
public static class RawHttp
{
    public static async Task<RawAnswer> SendAsync(
        Uri server, string method, string path, IEnumerable<KeyValuePair<string, string>> headers, byte[]? body = null,
        bool chunked = false)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port);
        await using var stream = client.GetStream();
        var sending = WriteAsync(stream, Head(server, method, path, headers, body, chunked), body, chunked);
        using var received = new MemoryStream();
        await stream.CopyToAsync(received).WaitAsync(TimeSpan.FromSeconds(30));
        await sending;
        return Parse(received.ToArray());
    }

    private static string Head(
        Uri server, string method, string path, IEnumerable<KeyValuePair<string, string>> headers, byte[]? body, bool chunked)
    {
        var head = new StringBuilder($"{method} {path} HTTP/1.1\r\nHost: {server.Authority}\r\nConnection: close\r\n");
        foreach (var (name, value) in headers)
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        if (body is not null)
            head.Append(chunked ? "Transfer-Encoding: chunked\r\n" : $"Content-Length: {body.Length}\r\n");
        return head.Append("\r\n").ToString();
    }

    private static async Task WriteAsync(NetworkStream stream, string head, byte[]? body, bool chunked)
    {
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(head));
            foreach (var piece in (body ?? []).Chunk(8 * 1024))
            {
                if (chunked)
                    await stream.WriteAsync(Encoding.ASCII.GetBytes($"{piece.Length:x}\r\n"));
                await stream.WriteAsync(piece);
                if (chunked)
                    await stream.WriteAsync("\r\n"u8.ToArray());
            }
            if (chunked)
                await stream.WriteAsync("0\r\n\r\n"u8.ToArray());
        }
        catch (IOException)
        {
            // The server answered and closed before it had read everything: its answer counts.
        }
    }

    private static RawAnswer Parse(byte[] received)
    {
        var text = Encoding.Latin1.GetString(received);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(end > 0, "no answer came");
        var lines = text[..end].Split("\r\n");
        var headers = lines[1..].Select(line => line.Split(": ", 2))
            .Select(pair => KeyValuePair.Create(pair[0].ToLowerInvariant(), pair[1])).ToArray();
        var body = received[(end + 4)..];
        if (headers.Any(header => header is { Key: "transfer-encoding", Value: "chunked" }))
            body = Unchunk(body);
        return new RawAnswer(int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), headers, Encoding.UTF8.GetString(body));
    }

    private static byte[] Unchunk(byte[] body)
    {
        using var whole = new MemoryStream();
        for (var at = 0; ;)
        {
            var lineEnd = Array.IndexOf(body, (byte)'\n', at);
            var size =
                int.Parse(Encoding.ASCII.GetString(body, at, lineEnd - at).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0)
                return whole.ToArray();
            whole.Write(body, lineEnd + 1, size);
            at = lineEnd + 1 + size + 2;
        }
    }
}
