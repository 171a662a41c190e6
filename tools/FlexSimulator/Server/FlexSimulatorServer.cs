using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace FlexSimulator;

/// <summary>A running simulator, on a loopback port of its own.</summary>
public sealed class FlexSimulatorServer : IAsyncDisposable
{
    private readonly CancellationTokenSource lifetime = new();
    private readonly WebApplication app;
    private readonly string basePath;

    private FlexSimulatorServer(FlexSimulatorOptions options)
    {
        Seed = options.Seed ?? Random.Shared.Next();
        basePath = options.BasePath.TrimEnd('/');
        Behaviour = options.Behaviour;
        World = new FlexWorld(Seed);
        Log = new RequestLog(options.LogCapacity);
        app = Build(options);
    }

    /// <summary>The seed of line ids, jitter and chance; the same seed and the same requests give the same.</summary>
    public int Seed { get; }

    public int Port { get; private set; }

    /// <summary>The base URL of the API, without a slash at its end: <c>http://127.0.0.1:…/f5/api</c>.</summary>
    public string BaseUrl => $"http://127.0.0.1:{Port}{basePath}";

    /// <summary>The crew calls and their lines.</summary>
    public FlexWorld World { get; }

    /// <summary>How the API behaves when nothing is broken.</summary>
    public FlexBehaviour Behaviour { get; internal set; }

    /// <summary>What was asked.</summary>
    public RequestLog Log { get; }

    /// <summary>Starts a simulator; it serves until it is disposed.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<FlexSimulatorServer> StartAsync(FlexSimulatorOptions? options = null, CancellationToken cancellation = default)
    {
        var server = new FlexSimulatorServer(options ?? new FlexSimulatorOptions());
        await server.app.StartAsync(cancellation);
        var addresses = server.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        server.Port = new Uri(addresses.Addresses.First()).Port;
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await lifetime.CancelAsync();
        await app.DisposeAsync();
        lifetime.Dispose();
    }

    private WebApplication Build(FlexSimulatorOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));

        var built = builder.Build();
        var pipeline = new FlexPipeline(this, basePath, lifetime.Token);
        built.Run(pipeline.HandleAsync);
        return built;
    }
}
