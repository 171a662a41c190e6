using System.Text.Json;

namespace FlexCrew.Tests.Infrastructure.Template;

/// <summary>
/// What a deployment with given parameters would make: Bicep evaluates the template as Azure does, down to names and settings,
/// as far as nothing has to be asked of Azure.
/// </summary>
internal sealed class Prediction
{
    private static readonly Lazy<Prediction> LazyShortest =
        new(() => new("shortest", new string('a', Limit("name", "minLength")), new string('b', Limit("environmentName", "minLength")), ""));
    private static readonly Lazy<Prediction> LazyHyphenated =
        new(() => new("hyphenated", "a-1-b-2-c-3-d-4-e-5-f-6-g"[..(Limit("name", "maxLength") - 1)] + "z",
            new string('9', Limit("environmentName", "maxLength")), ""));
    private static readonly Lazy<Prediction> LazyLongest =
        new(() => new("longest", new string('A', Limit("name", "maxLength")), new string('b', Limit("environmentName", "maxLength")),
            Everything));

    private readonly JsonElement resources;

    private Prediction(string title, string name, string environmentName, string more)
    {
        var folder = Directory.CreateTempSubdirectory("flexcrew-bicep-");
        try
        {
            var file = Path.Combine(folder.FullName, $"{title}.bicepparam");
            File.WriteAllText(file, $"""
                using '{Path.GetRelativePath(folder.FullName, RepositoryFiles.PathOf("infra", "bicep", "main.bicep"))}'
                param name = '{name}'
                param environmentName = '{environmentName}'
                param supabaseUrl = 'https://project.supabase.co'
                {more}
                """);
            BicepCompiler.Run(
                "snapshot", file, "--mode", "overwrite", "--location", "westeurope",
                "--subscription-id", "00000000-0000-4000-8000-000000000001", "--resource-group", "flexcrew");
            var snapshot = File.ReadAllText(Path.Combine(folder.FullName, $"{title}.snapshot.json"));
            resources = JsonDocument.Parse(snapshot).RootElement.GetProperty("predictedResources");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The shortest names, and nothing that is optional.</summary>
    public static Prediction Shortest => LazyShortest.Value;

    /// <summary>The longest names, and everything that is optional.</summary>
    public static Prediction Longest => LazyLongest.Value;

    /// <summary>Long names of letters, digits and hyphens.</summary>
    public static Prediction Hyphenated => LazyHyphenated.Value;

    public static IEnumerable<Prediction> All => [Shortest, Hyphenated, Longest];

    private static string Everything => """
        param supabaseAnonKey = 'anon'
        param usesJwtSecret = true
        param durableBackend = 'DurableTaskScheduler'
        param healthProbe = true
        param alertEmails = ['operator@example.org']
        param businessRoles = [{ department: 'sound', tier: 'tecnico', id: 'a-role' }]
        """;

    public IEnumerable<JsonElement> Resources(string type) =>
        resources.EnumerateArray().Where(resource => resource.GetProperty("type").GetString() == type);

    /// <summary>The name of the only resource of a type, without those of its parents.</summary>
    public string Name(string type) => Resources(type).Single().GetProperty("name").GetString()!.Split('/')[^1];

    /// <summary>The settings of the app: names and values, the latter with what only Azure knows left as an expression.</summary>
    public IReadOnlyDictionary<string, string> AppSettings() =>
        Resources("Microsoft.Web/sites").Single().GetProperty("properties").GetProperty("siteConfig").GetProperty("appSettings")
            .EnumerateArray()
            .ToDictionary(setting => setting.GetProperty("name").GetString()!, setting => setting.GetProperty("value").GetString()!);

    private static int Limit(string parameter, string bound) => CompiledTemplate.Parameter(parameter).GetProperty(bound).GetInt32();
}
