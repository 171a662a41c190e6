using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace FlexCrew.Tests.Infrastructure.Template;

/// <summary><c>azure.yaml</c> and <c>main.parameters.json</c>, for the Azure Developer CLI.</summary>
public sealed class DeveloperCliTests
{
    [Fact]
    public void It_finds_the_app()
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(RepositoryFiles.Text("azure.yaml")));
        var service = ((YamlMappingNode)((YamlMappingNode)stream.Documents.Single().RootNode).Children["services"]).Children.Single();

        Assert.True(RepositoryFiles.Exists(((YamlScalarNode)((YamlMappingNode)service.Value).Children["project"]).Value!));
        Assert.Equal(
            ((YamlScalarNode)service.Key).Value,
            Prediction.Shortest.Resources("Microsoft.Web/sites").Single().GetProperty("tags").GetProperty("azd-service-name").GetString());
    }

    [Fact]
    public void It_gives_what_the_template_has_and_all_that_it_requires()
    {
        var given = JsonDocument.Parse(RepositoryFiles.Text("infra", "bicep", "main.parameters.json")).RootElement.GetProperty("parameters")
            .EnumerateObject().Select(parameter => parameter.Name).ToHashSet();
        Assert.Subset(CompiledTemplate.Parameters(), given);
        Assert.Subset(given, CompiledTemplate.RequiredParameters());
        Assert.Subset(given, new HashSet<string> { "usesJwtSecret", "durableBackend" });
    }
}
