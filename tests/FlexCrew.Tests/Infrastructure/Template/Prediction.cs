using System.Collections.Concurrent;
using System.Text.Json;

namespace FlexCrew.Tests.Infrastructure.Template;

/// <summary>
/// What a deployment with given parameters would make: Bicep evaluates the template as Azure does, down to names and settings,
/// as far as nothing has to be asked of Azure.
/// </summary>
internal sealed class Prediction
{
    private static readonly Lazy<Prediction> LazyShortest = new(() => new(Parameters("minLength", 'a')));
    private static readonly Lazy<Prediction> LazyLongest = new(() => new(Parameters("maxLength", 'A', Everything)));
    private static readonly Lazy<Prediction> LazyHyphenated = new(
        () => new(Parameters("maxLength", '-', "param maximumInstanceCount = 1000")));
    private static readonly ConcurrentDictionary<string, Lazy<Prediction>> Files = new();

    private readonly JsonElement resources;

    private Prediction(string parameters)
    {
        var folder = Directory.CreateTempSubdirectory("flexcrew-bicep-");
        try
        {
            var (file, template) =
                (Path.Combine(folder.FullName, "given.bicepparam"), RepositoryFiles.PathOf("infra", "bicep", "main.bicep"));
            File.WriteAllText(file, $"using '{Path.GetRelativePath(folder.FullName, template)}'\n{parameters}");
            BicepCompiler.Run(
                "snapshot", file, "--mode", "overwrite", "--location", "westeurope",
                "--subscription-id", "00000000-0000-4000-8000-000000000001", "--resource-group", "flexcrew");
            var snapshot = File.ReadAllText(Path.ChangeExtension(file, ".snapshot.json"));
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

    /// <summary>Long names of letters, digits and hyphens, and as many instances as Azure allows.</summary>
    public static Prediction Hyphenated => LazyHyphenated.Value;

    /// <summary>With the parameters of a file of the repository.</summary>
    public static Prediction OfParameterFile(string name) => Files.GetOrAdd(name, static file => new(() =>
        new(RepositoryFiles.Text("infra", "bicep", file).Replace("using 'main.bicep'", "", StringComparison.Ordinal)))).Value;

    public static IEnumerable<Prediction> All => [Shortest, Hyphenated, Longest];

    private static string Everything => """
        param supabaseAnonKey = 'anon'
        param usesJwtSecret = true
        param durableBackend = 'DurableTaskScheduler'
        param healthProbe = true
        param drift = { enabled: true, days: 3, pruneOrphans: false, heal: true }
        param maximumInstanceCount = 5
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

    private static string Parameters(string bound, char filling, string more = "")
    {
        var (length, others) = (Limit("name", bound), Limit("environmentName", bound));
        var name = filling == '-' ? "a-1-b-2-c-3-d-4-e-5-f-6-g"[..(length - 1)] + "z" : new string(filling, length);
        return $"""
            param name = '{name}'
            param environmentName = '{new string(filling == '-' ? '9' : 'b', others)}'
            param supabaseUrl = 'https://project.supabase.co'
            {more}
            """;
    }

    private static int Limit(string parameter, string bound) => CompiledTemplate.Parameter(parameter).GetProperty(bound).GetInt32();
}
