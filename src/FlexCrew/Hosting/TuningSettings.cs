using System.Globalization;
using System.Reflection;
using FlexCrew.Contract;
using FlexCrew.Drift;
using FlexCrew.Flex;
using FlexCrew.Http;
using FlexCrew.Security;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace FlexCrew.Hosting;

/// <summary>Judges the settings <c>FlexCrew__…</c> one by one, so that all that is wrong is told at once and not the first only.</summary>
internal static class TuningSettings
{
    private const string Group = nameof(FlexCrewOptions.Drift);

    /// <summary>The options by their keys in the section; those of the drift check are a section of their own.</summary>
    private static readonly IReadOnlyDictionary<string, PropertyInfo> Options =
        typeof(FlexCrewOptions).GetProperties().Where(option => option.Name != Group).Select(option => (Key: option.Name, option))
            .Concat(typeof(DriftOptions).GetProperties().Select(option => (Key: $"{Group}:{option.Name}", option)))
            .ToDictionary(pair => pair.Key, pair => pair.option, StringComparer.OrdinalIgnoreCase);

    private static readonly IReadOnlyList<IValidateOptions<FlexCrewOptions>> Validators =
        [
            new FlexOptionsValidator(), new FlowOptionsValidator(), new PublicBaseUrlValidator(), new DriftOptionsValidator(),
            new ServiceKey(),
        ];

    /// <summary>The settings with a value that cannot be read or is out of its range, one line each.</summary>
    public static IReadOnlyList<string> Problems(IConfiguration configuration)
    {
        var settings = Given(configuration).Where(setting => Options.ContainsKey(KeyOf(setting))).ToLookup(IsReadable);
        var options = Bind(settings[true]);
        return
        [
            .. settings[false].Select(setting => $"{Name(setting)} cannot be read: it must be {Form(Options[KeyOf(setting)].PropertyType)}"),
            .. Validators.SelectMany(validator => validator.Validate(null, options).Failures ?? []),
        ];
    }

    /// <summary>
    /// The settings that FlexCrew does not have, mistyped ones above all. They are told and keep no host from starting, since
    /// an older program must still start with the settings of a newer one.
    /// </summary>
    public static IReadOnlyList<string> Unknown(IConfiguration configuration) =>
        [.. Given(configuration).Where(setting => !Options.ContainsKey(KeyOf(setting)))
            .Select(setting => $"{Name(setting)} is no setting of FlexCrew: it does nothing")];

    private static IEnumerable<IConfigurationSection> Given(IConfiguration configuration) =>
        configuration.GetSection(FlexCrewOptions.Section).GetChildren().SelectMany(setting =>
            setting.Value is null && setting.Key.Equals(Group, StringComparison.OrdinalIgnoreCase) ? setting.GetChildren() : [setting]);

    private static string KeyOf(IConfigurationSection setting) => setting.Path[(FlexCrewOptions.Section.Length + 1)..];

    private static bool IsReadable(IConfigurationSection setting)
    {
        // The binder passes over entries of a list that it cannot read, and over a single value in place of a list.
        if (Options[KeyOf(setting)].PropertyType == typeof(IList<TimeSpan>))
            return string.IsNullOrEmpty(setting.Value) && setting.GetChildren()
                .All(entry => TimeSpan.TryParse(entry.Value, CultureInfo.InvariantCulture, out _));
        try
        {
            Bind([setting]);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static FlexCrewOptions Bind(IEnumerable<IConfigurationSection> settings)
    {
        var options = new FlexCrewOptions();
        new ConfigurationBuilder().AddInMemoryCollection(settings.SelectMany(setting => setting.AsEnumerable())).Build()
            .GetSection(FlexCrewOptions.Section).Bind(options);
        return options;
    }

    private static string Name(IConfigurationSection setting) => $"{FlexCrewOptions.Section}__{KeyOf(setting).Replace(":", "__", StringComparison.Ordinal)}";

    private static string Form(Type type) =>
        type == typeof(int) ? "a whole number"
        : type == typeof(bool) ? "true or false"
        : type == typeof(TimeSpan) ? "a duration such as 00:01:30"
        : type == typeof(IList<TimeSpan>) ? "a list of durations such as 00:01:30, each with its number at the end of the name"
        : "as docs/configuration.md describes it";
}
