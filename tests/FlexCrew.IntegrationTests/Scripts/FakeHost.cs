using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FlexCrew.IntegrationTests.Scripts;

/// <summary>A server on the loopback interface that answers what a test tells it to.</summary>
internal sealed class FakeHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private FakeHost(WebApplication app) => this.app = app;

    public string BaseUrl => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Starts it; the answer is a status, a body and the token of the next page.</summary>
    public static async Task<FakeHost> StartAsync(Func<HttpRequest, (int Status, string Body, string? NextPage)> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async context =>
        {
            var (status, body, next) = answer(context.Request);
            context.Response.StatusCode = status;
            if (next is not null) context.Response.Headers["x-ms-continuation-token"] = next;
            await context.Response.WriteAsync(body);
        });
        await app.StartAsync();
        return new FakeHost(app);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
