using System.Text.Json;

namespace FlexCrew.Tests.Infrastructure;

public sealed class ConfigurationDocumentTests
{
    private static readonly string Document = RepositoryFiles.Text("docs", "configuration.md");

    [Fact]
    public void Every_option_is_named()
    {
        var options = typeof(FlexCrewOptions).GetProperties().Select(property => $"{FlexCrewOptions.Section}__{property.Name}").ToList();
        Assert.NotEmpty(options);
        Assert.All(options, option => Assert.True(Names(option), $"{option} is not named"));
    }

    [Fact]
    public void Every_key_of_the_sample_is_named()
    {
        using var sample = JsonDocument.Parse(RepositoryFiles.Text("local.settings.sample.json"));
        var keys = sample.RootElement.GetProperty("Values").EnumerateObject().Select(setting => setting.Name).ToList();
        Assert.NotEmpty(keys);
        Assert.All(keys, key => Assert.True(Names(key), $"{key} is not named"));
    }

    /// <summary>As a whole word in code: a longer name that begins the same does not count.</summary>
    private static bool Names(string setting) =>
        Document.Contains($"`{setting}`", StringComparison.Ordinal) || Document.Contains($"`{setting}__", StringComparison.Ordinal);
}
