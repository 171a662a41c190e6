using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace FlexCrew.Security;

/// <summary>The HTTP client for Supabase's auth endpoints: short, bounded, follows nothing, logs no header.</summary>
internal static class SupabaseAuthClient
{
    internal const string Name = "supabase-auth";

    internal static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Largest answer that is read, in bytes.</summary>
    internal const int MaxResponseBytes = 256 * 1024;

    internal static IServiceCollection AddSupabaseAuthClient(this IServiceCollection services)
    {
        services.AddHttpClient(Name, client =>
            {
                client.Timeout = Timeout;
                client.MaxResponseContentBufferSize = MaxResponseBytes;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.None,
                UseCookies = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            .RemoveAllLoggers();
        return services;
    }
}
