using FlexCrew.Database;
using FlexCrew.Flex.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace FlexCrew.IntegrationTests.EndToEnd.Hooks;

/// <summary>Puts a hook into a host.</summary>
internal static class HookRegistration
{
    /// <summary>Puts the hook around the database's ports and the client of Flex, once everything is registered.</summary>
    public static void UseHook(this WebApplicationBuilder builder, IHook hook)
    {
        builder.Services.AddHttpClient(FlexTransport.ClientName).AddHttpMessageHandler(() => new HookedFlex(hook));
        builder.Host.ConfigureContainer<IServiceCollection>((_, services) =>
        {
            Decorate<ICrewCalls>(services, inner => new HookedCrewCalls(inner, hook));
            Decorate<ICrewReader>(services, inner => new HookedCrewReader(inner, hook));
            Decorate<IFences>(services, inner => new HookedFences(inner, hook));
            Decorate<ICrewTable>(services, inner => new HookedCrewTable(inner, hook));
            Decorate<IAddJournal>(services, inner => new HookedAddJournal(inner, hook));
            Decorate<ISyncLog>(services, inner => new HookedSyncLog(inner, hook));
            Decorate<IRetryQueue>(services, inner => new HookedRetryQueue(inner, hook));
            Decorate<ICallers>(services, inner => new HookedCallers(inner, hook));
        });
    }

    private static void Decorate<T>(IServiceCollection services, Func<T, T> decorate)
        where T : class
    {
        var real = services.Last(service => service.ServiceType == typeof(T));
        services.Remove(real);
        services.AddSingleton(provider => decorate((T)ActivatorUtilities.CreateInstance(provider, real.ImplementationType!)));
    }

    private sealed class HookedFlex(IHook hook) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            hook.AroundAsync(
                $"{request.Method} {request.RequestUri!.AbsolutePath}",
                request.Method != HttpMethod.Get,
                () => base.SendAsync(request, cancellationToken));
    }
}
