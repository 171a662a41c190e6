using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace FlexCrew.Drift;

/// <summary>Registers the drift check.</summary>
internal static class DriftRegistration
{
    public static IServiceCollection AddDrift(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FlexCrewOptions>, DriftOptionsValidator>());
        services.AddSingleton<CrewLook>();
        services.AddSingleton<DriftPace>();
        services.AddSingleton<DriftNotes>();
        services.AddSingleton<DriftTools>();
        services.AddSingleton<Func<DriftTools>>(provider => provider.GetRequiredService<DriftTools>);
        services.AddSingleton<IDriftCheck, DriftCheck>();
        return services;
    }
}
