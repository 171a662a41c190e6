using System.Text.Json;

namespace FlexCrew.Tests.Infrastructure.Template;

/// <summary>The template as Azure gets it: <c>main.bicep</c>, compiled once, and the modules nested in it.</summary>
internal static class CompiledTemplate
{
    private static readonly Lazy<string> Compiled =
        new(() => BicepCompiler.Run("build", RepositoryFiles.PathOf("infra", "bicep", "main.bicep"), "--stdout"));

    public static string Text => Compiled.Value;

    public static JsonElement Main { get; } = JsonDocument.Parse(Text).RootElement;

    /// <summary>The template of a module, by the name that <c>main.bicep</c> gives it.</summary>
    public static JsonElement Module(string name) =>
        Main.GetProperty("resources").GetProperty(name).GetProperty("properties").GetProperty("template");

    public static JsonElement Parameter(string name) => Main.GetProperty("parameters").GetProperty(name);

    public static ISet<string> Parameters() =>
        Main.GetProperty("parameters").EnumerateObject().Select(parameter => parameter.Name).ToHashSet();

    public static ISet<string> RequiredParameters() =>
        Main.GetProperty("parameters").EnumerateObject().Where(parameter => !parameter.Value.TryGetProperty("defaultValue", out _))
            .Select(parameter => parameter.Name).ToHashSet();

    /// <summary><c>main.bicep</c> and all modules.</summary>
    public static IEnumerable<JsonElement> All() =>
        Main.GetProperty("resources").EnumerateObject().Where(resource => TypeOf(resource.Value) == "Microsoft.Resources/deployments")
            .Select(module => module.Value.GetProperty("properties").GetProperty("template")).Prepend(Main);

    /// <summary>Every resource of every module that is no deployment of a module.</summary>
    public static IEnumerable<JsonElement> Resources() =>
        All().SelectMany(template => template.GetProperty("resources").Entries())
            .Where(resource => TypeOf(resource) != "Microsoft.Resources/deployments");

    public static IEnumerable<JsonElement> Resources(string type) => Resources().Where(resource => TypeOf(resource) == type);

    /// <summary>A section that a template may lack, such as its variables.</summary>
    public static IEnumerable<JsonProperty> Section(JsonElement template, string name) =>
        template.TryGetProperty(name, out var section) ? section.EnumerateObject() : [];

    /// <summary>Whether a parameter is of a built-in type; one of a type that the template declares refers to it instead.</summary>
    public static bool HasType(JsonElement parameter, string type) =>
        parameter.TryGetProperty("type", out var given) && given.GetString() == type;

    // A template that declares types lists its resources by name, another one in an array.
    private static IEnumerable<JsonElement> Entries(this JsonElement resources) =>
        resources.ValueKind == JsonValueKind.Array ? resources.EnumerateArray()
            : resources.EnumerateObject().Select(resource => resource.Value);

    private static string TypeOf(JsonElement resource) => resource.GetProperty("type").GetString()!;
}
