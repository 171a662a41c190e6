using System.Text.Json;
using System.Text.RegularExpressions;
using FlexCrew.Contract;
using FlexCrew.Drift;
using FlexCrew.Flex;
using FlexCrew.Planning;
using Microsoft.Extensions.Configuration;

namespace FlexCrew.Tests.Infrastructure;

public sealed partial class ConfigurationDocumentTests
{
    private static readonly string Document = RepositoryFiles.Text("docs", "configuration.md");

    private static readonly IReadOnlyDictionary<string, string> Sample =
        JsonDocument.Parse(RepositoryFiles.Text("local.settings.sample.json")).RootElement.GetProperty("Values")
            .EnumerateObject().ToDictionary(setting => setting.Name, setting => setting.Value.GetString()!);

    private static readonly IReadOnlyList<string> Options =
        [
            .. typeof(FlexCrewOptions).GetProperties().Where(property => property.PropertyType != typeof(DriftOptions))
                .Select(property => $"{FlexCrewOptions.Section}__{property.Name}"),
            .. typeof(DriftOptions).GetProperties()
                .Select(property => $"{FlexCrewOptions.Section}__{nameof(FlexCrewOptions.Drift)}__{property.Name}"),
        ];

    /// <summary>Settings outside the section: what the product reads by name.</summary>
    private static readonly IReadOnlyList<string> Connections =
        [.. RepositoryFiles.Sources().SelectMany(source => SettingName().Matches(source)).Select(match => match.Groups[1].Value)
            .Distinct()];

    [Fact]
    public void Every_setting_that_the_product_reads_is_named()
    {
        Assert.NotEmpty(Options);
        Assert.Contains("FLEX_X_AUTH_TOKEN", Connections);
        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT", Connections);
        Assert.All(Options.Concat(Connections), setting => Assert.True(Names(setting), $"{setting} is not named"));
    }

    [Fact]
    public void Every_setting_that_the_product_reads_is_in_the_sample()
    {
        // Set but empty it would be taken for an address by other parts of OpenTelemetry.
        var read = Options.Concat(Connections).Except(["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        Assert.All(read, setting =>
            Assert.Contains(Sample.Keys, key => key == setting || key.StartsWith($"{setting}__", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_key_of_the_sample_is_named()
    {
        Assert.NotEmpty(Sample);
        Assert.All(Sample.Keys, key =>
            Assert.True(Names(Options.SingleOrDefault(option => key.StartsWith($"{option}__", StringComparison.Ordinal)) ?? key),
                $"{key} is not named"));
    }

    /// <summary>Whoever copies the sample changes nothing by it, and the host starts.</summary>
    [Fact]
    public void The_sample_holds_the_defaults()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                Sample.ToDictionary(setting => setting.Key.Replace("__", ":", StringComparison.Ordinal), setting => (string?)setting.Value))
                    .Build();
        var bound = configuration.GetSection(FlexCrewOptions.Section).Get<FlexCrewOptions>()!;
        var defaults = new FlexCrewOptions();

        Assert.Null(bound.PublicBaseUrl);
        Assert.Equivalent(FlowSettings.From(defaults), FlowSettings.From(bound), strict: true);
        Assert.Equal(new BusinessRoles(defaults).Of("sound"), new BusinessRoles(bound).Of("sound"));
        Assert.Equal(["sound"], bound.BusinessRoles.Keys);
        foreach (var simple in typeof(FlexCrewOptions).GetProperties().Where(property => property.PropertyType.IsValueType))
            Assert.Equal(simple.GetValue(defaults), simple.GetValue(bound));
        Assert.Equivalent(defaults.Drift, bound.Drift, strict: true);
        Assert.Equal([0.5, 1, 2], bound.UnknownOutcomeDelays.Select(delay => delay.TotalSeconds));
        Assert.True(new FlexOptionsValidator().Validate(null, bound).Succeeded);
    }

    [Fact]
    public void The_defaults_that_it_tells_are_those_of_the_product()
    {
        var told = Default().Matches(Document).ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value);
        var defaults = new FlexCrewOptions();
        var simple = Values(defaults, $"{FlexCrewOptions.Section}__")
            .Concat(Values(defaults.Drift, $"{FlexCrewOptions.Section}__{nameof(FlexCrewOptions.Drift)}__")).ToList();

        Assert.Contains(("FlexCrew__LogRetention", "400.00:00:00"), simple);
        Assert.All(simple, option => Assert.Equal((option.Name, option.Value), (option.Name, told.GetValueOrDefault(option.Name))));

        static IEnumerable<(string Name, string Value)> Values(object options, string prefix) =>
            from option in options.GetType().GetProperties()
            where option.PropertyType.IsValueType
            select (prefix + option.Name, option.GetValue(options) switch
            {
                bool isOn => isOn ? "true" : "false",
                var other => Convert.ToString(other, System.Globalization.CultureInfo.InvariantCulture)!,
            });
    }

    /// <summary>As a whole word in code: a longer name that begins the same does not count.</summary>
    private static bool Names(string setting) =>
        Document.Contains($"`{setting}`", StringComparison.Ordinal) || Document.Contains($"`{setting}__", StringComparison.Ordinal);

    [GeneratedRegex(@"^\| `(FlexCrew__\w+)` \| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Default();

    [GeneratedRegex("\"((?:SUPABASE|FLEX|OTEL)_[A-Z_]+|X_AUTH_TOKEN)\"")]
    private static partial Regex SettingName();
}
