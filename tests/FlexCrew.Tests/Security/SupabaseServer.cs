using System.Net;
using System.Text.Json.Nodes;
using FlexCrew.Security;
using FlexCrew.Tests.Http.Contract;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlexCrew.Tests.Security;

/// <summary>The auth endpoints of a Supabase project: keys that can be rotated, sessions that can be ended, and faults.</summary>
internal sealed class SupabaseServer : IAsyncDisposable
{
    internal const string AnonKey = "anon-key-of-the-project";

    private readonly WebApplication app;
    private int keysRead;
    private int usersRead;

    private SupabaseServer(WebApplication app) => this.app = app;

    internal SupabaseSettings Settings => new(app.Urls.Single());

    /// <summary>The keys that it publishes.</summary>
    internal List<SigningKeyPair> Keys { get; } = [];

    /// <summary>Answers a request for the keys in place of the server.</summary>
    internal Func<HttpContext, Task>? KeysFault { get; set; }

    /// <summary>Answers a request for the user in place of the server.</summary>
    internal Func<HttpContext, Task>? UserFault { get; set; }

    /// <summary>Token → user of the sessions that live.</summary>
    internal Dictionary<string, Guid> Sessions { get; } = [];

    internal int KeysRead => Volatile.Read(ref keysRead);

    internal int UsersRead => Volatile.Read(ref usersRead);

    internal static async Task<SupabaseServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new SupabaseServer(app);
        app.MapGet("/auth/v1/.well-known/jwks.json", (RequestDelegate)server.AnswerKeysAsync);
        app.MapGet("/auth/v1/user", (RequestDelegate)server.AnswerUserAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>A valid HS256 token of a user.</summary>
    internal string Token(Guid user, string secret, TimeProvider? time = null, Action<JsonObject>? change = null)
    {
        var recipe = new JsonObject { ["claims"] = new JsonObject { ["sub"] = user.ToString() } };
        change?.Invoke(recipe);
        return TokenMint.Mint(recipe, Settings.Issuer, secret, (time ?? TimeProvider.System).GetUtcNow());
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private Task AnswerKeysAsync(HttpContext context)
    {
        Interlocked.Increment(ref keysRead);
        if (KeysFault is not null)
            return KeysFault(context);
        var keys = new JsonArray([.. Keys.Select(key => key.PublicJwk())]);
        return context.Response.WriteAsync(new JsonObject { ["keys"] = keys }.ToJsonString());
    }

    private Task AnswerUserAsync(HttpContext context)
    {
        Interlocked.Increment(ref usersRead);
        if (UserFault is not null)
            return UserFault(context);
        var token = context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        var isKnown = Sessions.TryGetValue(token, out var user) && context.Request.Headers["apikey"] == AnonKey;
        context.Response.StatusCode = isKnown ? 200 : 403;
        return context.Response.WriteAsync(
            isKnown ? $$"""{"id":"{{user}}","aud":"authenticated"}""" : """{"code":403,"error_code":"bad_jwt"}""");
    }
}
