using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace FlexSimulator;

/// <summary>A running simulator, on a loopback port of its own.</summary>
public sealed class FlexSimulatorServer : IAsyncDisposable
{
    private readonly CancellationTokenSource lifetime = new();
    private readonly OpenConnections connections = new();
    private readonly FlexPipeline pipeline;
    private readonly WebApplication app;
    private readonly string basePath;
    private readonly FlexBehaviour atStart;

    private FlexSimulatorServer(FlexSimulatorOptions options)
    {
        Seed = options.Seed ?? Random.Shared.Next();
        basePath = options.BasePath.TrimEnd('/');
        Behaviour = options.Behaviour;
        atStart = BehaviourPatch.Copy(options.Behaviour);
        World = new FlexWorld(Seed);
        Log = new RequestLog(options.LogCapacity);
        var listener = new SwitchableListener(connections);
        Faults = new FlexFaults(Seed, new Outage(lifetime.Token) { Listener = listener }, new LateCommits(lifetime.Token));
        pipeline = new FlexPipeline(this, basePath, Seed, lifetime.Token);
        app = Build(options.Port, listener);
    }

    /// <summary>The seed of line ids, jitter and chance.</summary>
    public int Seed { get; }

    public int Port { get; private set; }

    /// <summary>The base URL of the API, without a slash at its end: <c>http://127.0.0.1:…/f5/api</c>.</summary>
    public string BaseUrl => $"http://127.0.0.1:{Port}{basePath}";

    /// <summary>The URL of the control API: <c>http://127.0.0.1:…/_control</c>.</summary>
    public string ControlUrl => $"http://127.0.0.1:{Port}{ControlApi.Root}";

    /// <summary>The crew calls and their lines.</summary>
    public FlexWorld World { get; }

    /// <summary>How the API behaves when nothing is broken.</summary>
    public FlexBehaviour Behaviour { get; internal set; }

    /// <summary>What is broken.</summary>
    public FlexFaults Faults { get; }

    /// <summary>What was asked.</summary>
    public RequestLog Log { get; }

    /// <summary>Starts a simulator; it serves until it is disposed.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<FlexSimulatorServer> StartAsync(FlexSimulatorOptions? options = null, CancellationToken cancellation = default)
    {
        var server = new FlexSimulatorServer(options ?? new FlexSimulatorOptions());
        try
        {
            await server.app.StartAsync(cancellation);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
        var addresses = server.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        server.Port = new Uri(addresses.Addresses.First()).Port;
        return server;
    }

    /// <summary>Everything as it was at the start: no crew calls, no faults, the first behaviour, an empty log.</summary>
    public async Task ResetAsync()
    {
        await Faults.ClearAsync();
        World.Clear();
        Behaviour = BehaviourPatch.Copy(atStart);
        pipeline.Throttle.Clear();
        Log.Clear();
    }

    /// <summary>Breaks what is under way and frees the port.</summary>
    public async ValueTask DisposeAsync()
    {
        await lifetime.CancelAsync();
        connections.AbortAll();
        await app.DisposeAsync();
        lifetime.Dispose();
    }

    private WebApplication Build(int port, SwitchableListener listener)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, port, endpoint => endpoint.Use(connections.Track));
        });
        builder.Services.AddSingleton<IConnectionListenerFactory>(listener);
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));

        var built = builder.Build();
        var control = new ControlApi(this);
        built.Run(context => ControlApi.Owns(context) ? control.HandleAsync(context) : pipeline.HandleAsync(context));
        return built;
    }
}
