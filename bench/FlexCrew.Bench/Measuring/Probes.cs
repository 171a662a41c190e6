using System.Net.Sockets;

namespace FlexCrew.Bench.Measuring;

/// <summary>Asks the probes (<c>FlexCrew.Bench.Probe</c>) in all processes of a host, by the sockets in its directory.</summary>
internal sealed class Probes(string directory)
{
    /// <summary>The sum over the processes that live; null where there is none with a probe.</summary>
    public async Task<Costs?> ReadAsync()
    {
        Costs? sum = null;
        foreach (var path in Directory.GetFiles(directory))
        {
            if (await ReadAsync(path) is { } one) sum = (sum ?? default) + one;
        }
        return sum;
    }

    private static async Task<Costs?> ReadAsync(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
            await using var stream = new NetworkStream(socket);
            var answer = new byte[16];
            await stream.ReadExactlyAsync(answer);
            return new Costs(TimeSpan.FromTicks(BitConverter.ToInt64(answer)), BitConverter.ToInt64(answer, 8));
        }
        catch (Exception ended) when (ended is SocketException or IOException)
        {
            return null;
        }
    }
}
