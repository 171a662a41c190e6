using System.Text.Json;
using System.Text.RegularExpressions;

namespace FlexCrew.Tests.Infrastructure.Template;

public sealed partial class CompilationTests
{
    public static TheoryData<string> ParameterFiles { get; } =
        [.. Directory.EnumerateFiles(RepositoryFiles.PathOf("infra", "bicep"), "*.bicepparam").Select(path => Path.GetFileName(path)!)
            .Order(StringComparer.Ordinal)];

    /// <summary>The linter's rules are in <c>bicepconfig.json</c>: what is unused, undeclared, missing or unknown is an error.</summary>
    [Fact]
    public void The_template_compiles_without_a_warning() => Assert.NotEmpty(CompiledTemplate.Text);

    [Theory, MemberData(nameof(ParameterFiles))]
    public void Parameter_files_give_what_the_template_has_and_all_that_it_requires(string file) =>
        Assert.NotEmpty(Prediction.OfParameterFile(file).AppSettings());

    /// <summary>A template with a fault of each kind: the checks above find what they look for.</summary>
    [Fact]
    public void What_is_unused_undeclared_missing_or_unknown_is_found()
    {
        var folder = Directory.CreateTempSubdirectory("flexcrew-bicep-");
        try
        {
            File.Copy(RepositoryFiles.PathOf("infra", "bicep", "bicepconfig.json"), Path.Combine(folder.FullName, "bicepconfig.json"));
            File.WriteAllText(Path.Combine(folder.FullName, "module.bicep"), "param needed string\noutput it string = needed\n");
            var faulty = Path.Combine(folder.FullName, "faulty.bicep");
            File.WriteAllText(faulty, """
                param nobodyReadsMe string
                var nobodyReadsMeEither = 1
                module call 'module.bicep' = {
                  name: 'call'
                  params: { unknown: 1 }
                }
                output a string = undeclared
                output b string = call.outputs.nothing
                """);

            var (status, _, diagnostics) = BicepCompiler.Try("build", faulty, "--stdout");

            Assert.NotEqual(0, status);
            string[] expected = ["no-unused-params", "no-unused-vars", "\"needed\"", "\"unknown\"", "\"undeclared\"", "\"nothing\""];
            Assert.All(expected, fault => Assert.Contains(fault, diagnostics, StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Resource_types_have_an_api_version() =>
        Assert.All(CompiledTemplate.Resources(), resource => Assert.Matches(
            @"^Microsoft\.[A-Za-z]+(/[A-Za-z]+)+@20\d\d-\d\d-\d\d(-preview)?$",
            $"{resource.GetProperty("type").GetString()}@{resource.GetProperty("apiVersion").GetString()}"));

    [Fact]
    public void Every_number_that_an_operator_gives_has_a_least_value()
    {
        var numbers = CompiledTemplate.Main.GetProperty("parameters").EnumerateObject()
            .Where(parameter => CompiledTemplate.HasType(parameter.Value, "int")).ToList();
        Assert.NotEmpty(numbers);
        Assert.All(numbers, number => Assert.True(Has(number.Value, "minValue") || Has(number.Value, "allowedValues"), number.Name));

        static bool Has(JsonElement parameter, string bound) => parameter.TryGetProperty(bound, out _);
    }

    [Fact]
    public void Every_module_is_deployed_or_imported_and_lies_beside_the_template()
    {
        var reached = Texts("*.bicep").SelectMany(text => ModulePath().Matches(text)).Select(match => match.Groups[1].Value).ToHashSet();
        var written = Directory.EnumerateFiles(RepositoryFiles.PathOf("infra", "bicep", "modules"))
            .Select(path => $"modules/{Path.GetFileName(path)}").ToHashSet();
        Assert.Equal(written, reached);
    }

    [Fact]
    public void Files_that_comments_and_descriptions_name_exist()
    {
        var named = Texts("*.bicep*").SelectMany(text => NamedFile().Matches(text)).Select(match => match.Value).ToList();
        Assert.NotEmpty(named);
        Assert.All(named, path => Assert.True(RepositoryFiles.Exists(path), path));
    }

    private static IEnumerable<string> Texts(string pattern) =>
        RepositoryFiles.Files("infra/bicep", pattern).Select(file => File.ReadAllText(file.FullName));

    [GeneratedRegex(@"^(?:module \w+|import \{[^}]*\} from) '([^']+)'", RegexOptions.Multiline)]
    private static partial Regex ModulePath();

    [GeneratedRegex(@"(?<![\w/.])(?:docs|src|tests|scripts|supabase)/[\w./-]*\w|\bhost\.json")]
    private static partial Regex NamedFile();
}
