using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FlexSimulator;

/// <summary>A listener that can stop to listen, so that connecting is refused, and start again on the same port.</summary>
internal sealed class SwitchableListener(OpenConnections connections) : IConnectionListenerFactory, IConnectionListener
{
    private readonly SocketTransportFactory sockets = new(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
    private volatile IConnectionListener? inner;
    private volatile bool ended;
    private TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Socket? reserved;

    public EndPoint EndPoint { get; private set; } = new IPEndPoint(IPAddress.Loopback, 0);

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        inner = await sockets.BindAsync(endpoint, cancellationToken);
        EndPoint = inner.EndPoint;
        return this;
    }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var whenOpened = Volatile.Read(ref opened).Task;
            if (inner is { } listener && await listener.AcceptAsync(cancellationToken) is { } connection) return connection;
            if (ended) return null;
            if (inner is null) await whenOpened.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Stops to listen and resets what is connected. The port stays ours: it is bound, but nobody listens.</summary>
    public async Task CloseAsync()
    {
        if (inner is not { } listener) return;
        inner = null;
        await listener.UnbindAsync();
        await listener.DisposeAsync();
        reserved = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        reserved.Bind(EndPoint);
        connections.AbortAll();
    }

    public async Task OpenAsync()
    {
        if (inner is not null || ended) return;
        inner = await sockets.BindAsync(EndPoint);
        reserved?.Dispose();
        reserved = null;
        Interlocked.Exchange(ref opened, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        ended = true;
        if (inner is { } listener) await listener.UnbindAsync(cancellationToken);
        Volatile.Read(ref opened).TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        if (inner is { } listener) await listener.DisposeAsync();
        reserved?.Dispose();
    }
}
