using FlexCrew.Tests.Infrastructure.Bicep;

namespace FlexCrew.Tests.Infrastructure;

public sealed class BicepStructureTests
{
    public static TheoryData<string> Files { get; } = [.. BicepFile.Names("*.bicep")];

    public static TheoryData<string> ParameterFiles { get; } = [.. BicepFile.Names("*.bicepparam")];

    [Theory, MemberData(nameof(Files))]
    public void Brackets_and_strings_close_and_something_is_declared(string file) => Assert.NotEmpty(BicepFile.Load(file).Statements);

    [Theory, MemberData(nameof(Files))]
    public void Everything_that_is_declared_is_used(string file) => Assert.Empty(BicepSymbols.Unused(BicepFile.Load(file)));

    [Theory, MemberData(nameof(Files))]
    public void Everything_that_is_used_is_declared(string file) => Assert.Empty(BicepSymbols.Undeclared(BicepFile.Load(file)));

    [Theory, MemberData(nameof(Files))]
    public void Modules_get_the_parameters_they_have_and_all_that_they_require(string file)
    {
        foreach (var module in BicepFile.Load(file).Of("module"))
            Assert.Empty(ModuleCalls.Faults(module, BicepFile.Load(module.Path!)));
    }

    [Theory, MemberData(nameof(Files))]
    public void Outputs_of_modules_exist(string file) => Assert.Empty(ModuleCalls.MissingOutputs(BicepFile.Load(file)));

    [Theory, MemberData(nameof(Files))]
    public void Imports_name_what_the_other_file_exports(string file)
    {
        foreach (var import in BicepFile.Load(file).Of("import"))
        {
            var exports = BicepFile.Load(import.Path!).Statements.Where(s => s.Decorators.Any(token => token.IsWord("export"))).Select(s => s.Name);
            Assert.Subset(exports.ToHashSet(), BicepSymbols.Imported(import).ToHashSet());
        }
    }

    [Theory, MemberData(nameof(Files))]
    public void Resource_types_have_an_api_version_and_modules_are_local_files(string file)
    {
        foreach (var resource in BicepFile.Load(file).Of("resource"))
            Assert.Matches(@"^Microsoft\.[A-Za-z]+(/[A-Za-z]+)+@20\d\d-\d\d-\d\d(-preview)?$", resource.Path);
        foreach (var module in BicepFile.Load(file).Of("module"))
            Assert.True(RepositoryFiles.Exists(Path.Combine("infra", "bicep", module.Path!)), module.Path);
    }

    [Theory, MemberData(nameof(ParameterFiles))]
    public void Parameter_files_give_what_the_template_has_and_all_that_it_requires(string file)
    {
        var given = BicepFile.Load(file);
        var template = BicepFile.Load(given.Of("using").Single().Path!).Of("param").ToList();
        Assert.Subset(template.Select(p => p.Name).ToHashSet(), given.Of("param").Select(p => p.Name).ToHashSet());
        Assert.Subset(given.Of("param").Select(p => p.Name).ToHashSet(), template.Where(p => p.IsRequired).Select(p => p.Name).ToHashSet());
    }

    [Fact]
    public void Every_number_that_an_operator_gives_has_a_least_value() =>
        Assert.All(
            BicepFile.Load("main.bicep").Of("param").Where(parameter => parameter.Body[0].IsWord("int")),
            parameter => Assert.Contains(parameter.Decorators, token => token.IsWord("minValue") || token.IsWord("allowed")));

    [Fact]
    public void Every_module_is_deployed_or_imported()
    {
        var reached = BicepFile.All().SelectMany(file => file.Of("module", "import")).Select(statement => statement.Path);
        Assert.Equal(BicepFile.Names("*.bicep").Where(name => name != "main.bicep").ToHashSet(), reached.ToHashSet()!);
    }

    [Fact]
    public void Files_that_comments_and_descriptions_name_exist()
    {
        var named = BicepFile.Names("*.bicep*")
            .SelectMany(name => System.Text.RegularExpressions.Regex.Matches(RepositoryFiles.Text("infra", "bicep", name), @"(?<![\w/.])(?:docs|src|tests|scripts|supabase)/[\w./-]*\w|\bhost\.json"))
            .Select(match => match.Value).ToList();
        Assert.NotEmpty(named);
        Assert.All(named, path => Assert.True(RepositoryFiles.Exists(path), path));
    }
}
