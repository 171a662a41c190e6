using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace FlexCrew.Security;

/// <summary>Registers what recognises callers.</summary>
public static class SecurityRegistration
{
    /// <summary>
    /// Adds <see cref="ICallerAuthorizer"/>. Needs <see cref="IConfiguration"/> and <see cref="Database.ICallers"/>;
    /// the settings are judged by <see cref="SettingsValidation"/>, which the host asks at start.
    /// </summary>
    public static IServiceCollection AddSupabaseSecurity(this IServiceCollection services)
    {
        services.AddSupabaseAuthClient();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => SupabaseSettings.From(provider.GetRequiredService<IConfiguration>()));
        services.TryAddSingleton<JwksClient>();
        services.TryAddSingleton<SigningKeys>();
        services.TryAddSingleton<TokenValidator>();
        services.TryAddSingleton<SessionCheck>();
        services.TryAddSingleton<SignInReadiness>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FlexCrewOptions>, ServiceKey>());
        services.TryAddTransient<ICallerAuthorizer, CallerAuthorizer>();
        return services;
    }
}
