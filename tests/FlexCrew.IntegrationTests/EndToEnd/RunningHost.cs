using FlexCrew.LocalHost;
using FlexCrew.LocalHost.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>LocalHost, reached over HTTP on a loopback port of its own. What it logged is kept.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private RunningHost(WebApplication app, LogKeeper logs) => (this.app, Logs) = (app, logs);

    public LogKeeper Logs { get; }

    public IServiceProvider Services => app.Services;

    public Uri BaseUrl =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/functions/v1/");

    public static async Task<RunningHost> StartAsync(
        IReadOnlyDictionary<string, string?> settings, Action<WebApplicationBuilder>? configure = null)
    {
        var logs = new LogKeeper();
        var app = LocalHostApp.Create([], builder =>
        {
            builder.Configuration.Sources.Clear();
            builder.Configuration.AddInMemoryCollection(settings);
            builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Debug).AddProvider(logs);
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            configure?.Invoke(builder);
        });
        await app.StartAsync();
        return new RunningHost(app, logs);
    }

    /// <summary>Waits until the runs that were begun so far have ended, their log rows included.</summary>
    public Task RunsEndedAsync() => Task.WhenAll(app.Services.GetRequiredService<InProcessRuns>().Active);

    /// <summary>Asks it to stop, as SIGTERM does.</summary>
    public Task StopAsync() => app.StopAsync();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
