using System.Net;
using System.Net.Sockets;

namespace FlexCrew.IntegrationTests.Database;

/// <summary>
/// A way to the server that can forget its connections, as an address translation does with idle ones: both ends believe
/// that the connection is there, and nothing arrives any more. Connections made later work.
/// </summary>
internal sealed class ForgetfulNetwork : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Uri server;
    private volatile int epoch;

    public ForgetfulNetwork(TestDatabase database)
    {
        server = new Uri(database.Url);
        listener.Start();
        Url = new UriBuilder(server) { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port }.Uri.ToString();
        _ = AcceptAsync();
    }

    /// <summary>The database's URL on this way.</summary>
    public string Url { get; }

    public void ForgetAll() => epoch++;

    public void Dispose() => listener.Stop();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await listener.AcceptTcpClientAsync();
                var far = new TcpClient();
                await far.ConnectAsync(server.Host, server.Port);
                var known = epoch;
                _ = CarryAsync(near.GetStream(), far.GetStream(), known);
                _ = CarryAsync(far.GetStream(), near.GetStream(), known);
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task CarryAsync(NetworkStream from, NetworkStream to, int known)
    {
        try
        {
            var buffer = new byte[16 * 1024];
            while (await from.ReadAsync(buffer) is > 0 and var read)
                if (known == epoch)
                    await to.WriteAsync(buffer.AsMemory(0, read));
            if (known == epoch) to.Close();
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            to.Close();
        }
    }
}
