namespace FlexCrew.IntegrationTests.Scripts;

/// <summary>What the deployment asks before it takes a package. A small program stands in for GitHub's.</summary>
public sealed class MayDeployTests : IDisposable
{
    private const string Repository = "company/flexcrew";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("flexcrew-gh-");

    [Theory]
    [InlineData("build.yml")]
    [InlineData("deploy.yml")]
    public async Task A_package_of_a_run_that_built_main_and_succeeded_may_be_deployed(string workflow) =>
        Assert.Equal(0, (await AskAsync("12", Answer(workflow: $".github/workflows/{workflow}"))).Code);

    [Theory]
    [InlineData("feature", "success", Repository, ".github/workflows/build.yml", "push")]
    [InlineData("main", "failure", Repository, ".github/workflows/build.yml", "push")]
    [InlineData("main", "", Repository, ".github/workflows/build.yml", "push")]
    [InlineData("main", "success", "somebody/flexcrew", ".github/workflows/build.yml", "push")]
    [InlineData("main", "success", Repository, ".github/workflows/other.yml", "push")]
    [InlineData("main", "success", Repository, ".github/workflows/build.yml", "pull_request")]
    public async Task Any_other_package_is_refused(string branch, string conclusion, string repository, string workflow, string trigger)
    {
        var (code, output) = await AskAsync("12", $"{branch}\t{conclusion}\t{repository}\t{workflow}\t{trigger}");
        Assert.Equal(1, code);
        Assert.StartsWith("::error::", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12; rm -rf /")]
    [InlineData("$(id)")]
    [InlineData("../12")]
    public async Task What_is_no_number_is_refused_before_anybody_is_asked(string run)
    {
        var (code, output) = await AskAsync(run, Answer());
        Assert.Equal(1, code);
        Assert.Contains("has to be the number of a run", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_GitHub_does_not_know_is_refused() => Assert.Equal(1, (await AskAsync("12", answer: null)).Code);

    [Theory]
    [InlineData("refs/heads/main", 0)]
    [InlineData("refs/heads/feature", 1)]
    [InlineData("refs/tags/main", 1)]
    public async Task A_new_package_is_deployed_from_main_only(string reference, int expected) =>
        Assert.Equal(expected, (await AskAsync("", answer: null, reference)).Code);

    public void Dispose() => folder.Delete(recursive: true);

    private static string Answer(string workflow = ".github/workflows/build.yml") => $"main\tsuccess\t{Repository}\t{workflow}\tpush";

    private async Task<(int Code, string Output)> AskAsync(string run, string? answer, string reference = "refs/heads/main")
    {
        var program = Path.Combine(folder.FullName, "gh");
        await File.WriteAllTextAsync(program, answer is null ? "#!/bin/sh\nexit 1\n" : $"#!/bin/sh\ncat <<'END'\n{answer}\nEND\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return await Script.RunAsync(
            "scripts/may-deploy", [run], ("PATH", $"{folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}"),
            ("GITHUB_REPOSITORY", Repository), ("GITHUB_REF", reference));
    }
}
