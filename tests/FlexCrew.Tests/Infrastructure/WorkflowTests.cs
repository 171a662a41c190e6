using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace FlexCrew.Tests.Infrastructure;

public sealed partial class WorkflowTests
{
    public static TheoryData<string> Files { get; } =
        [.. Directory.EnumerateFiles(RepositoryFiles.PathOf(".github", "workflows")).Select(path => Path.GetFileName(path)).Order()];

    [Theory, MemberData(nameof(Files))]
    public void Actions_are_pinned_by_commit_with_their_version_beside_it_and_scripts_exist(string file)
    {
        var steps = Jobs(file).SelectMany(job => Steps(job.Value)).ToList();
        foreach (var uses in steps.Concat(Jobs(file).Select(job => job.Value)).Select(step => Text(step, "uses")).OfType<string>())
            Assert.True(uses.StartsWith("./", StringComparison.Ordinal) ? RepositoryFiles.Exists(uses) : Pinned().IsMatch(uses), uses);
        Assert.All(
            RepositoryFiles.Text(".github", "workflows", file).Split('\n')
                .Where(line => line.Contains("uses: ", StringComparison.Ordinal) && !line.Contains("uses: ./", StringComparison.Ordinal)),
            line => Assert.Matches(@"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line));
        foreach (var path in steps.SelectMany(step => RepositoryPath().Matches(Text(step, "run") ?? "")).Select(match => match.Value))
            Assert.True(RepositoryFiles.Exists(path), path);
        Assert.All(Jobs(file).Where(job => Text(job.Value, "uses") is null), job => Assert.NotNull(Text(job.Value, "timeout-minutes")));
    }

    [Theory, MemberData(nameof(Files))]
    public void Permissions_are_the_least_and_secrets_reach_only_the_step_that_needs_them(string file)
    {
        var permissions = (YamlMappingNode)Root(file).Children["permissions"];
        Assert.DoesNotContain(permissions.Children, permission =>
            ((YamlScalarNode)permission.Value).Value == "write" && ((YamlScalarNode)permission.Key).Value != "id-token");
        var text = RepositoryFiles.Text(".github", "workflows", file);
        var secrets = Secret().Count(text);
        var inTheStep = Jobs(file).SelectMany(job => Steps(job.Value)).Where(step => Text(step, "name") == "Deploy the template")
            .Sum(step => ((YamlMappingNode)step.Children["env"]).Children.Count(value =>
                Secret().IsMatch(((YamlScalarNode)value.Value).Value!)));
        Assert.Equal(secrets, inTheStep);
    }

    /// <summary>What stands in the text of a script is run: an input that somebody typed could be a command.</summary>
    [Theory, MemberData(nameof(Files))]
    public void Scripts_read_what_somebody_typed_from_the_environment(string file) =>
        Assert.All(
            Jobs(file).SelectMany(job => Steps(job.Value)).Select(step => Text(step, "run")).OfType<string>(),
            script => Assert.DoesNotContain("${{", script, StringComparison.Ordinal));

    [Fact]
    public void Whether_the_package_may_be_deployed_is_asked_before_anything_else()
    {
        var steps = Steps(Jobs("deploy.yml")["deploy"]).ToList();
        Assert.StartsWith("actions/checkout@", Text(steps[0], "uses"), StringComparison.Ordinal);
        Assert.Equal("scripts/may-deploy \"$PACKAGE_OF_RUN\"", Text(steps[1], "run"));
    }

    [Fact]
    public void The_database_is_tested_on_every_supported_version()
    {
        var matrix = (YamlMappingNode)((YamlMappingNode)Jobs("build.yml")["postgres"].Children["strategy"]).Children["matrix"];
        Assert.Equal(["15", "16", "17", "18"],
            ((YamlSequenceNode)matrix.Children["version"]).Select(version => ((YamlScalarNode)version).Value));
    }

    [Fact]
    public void A_deployment_waits_for_running_syncs_then_deploys_tests_and_goes_back_when_the_test_fails()
    {
        var steps = Steps(Jobs("deploy.yml")["deploy"]).Select(step => Text(step, "name")).OfType<string>().ToList();
        string[] order = ["The last good package, for going back to it", "Wait until nothing runs", "Deploy the template", "Deploy the app",
            "Smoke test", "Go back to the last good package"];
        Assert.Equal(order, steps.Where(order.Contains));
        var back = Steps(Jobs("deploy.yml")["deploy"]).Single(step => Text(step, "name") == order[^1]);
        Assert.StartsWith("failure()", Text(back, "if"), StringComparison.Ordinal);
        Assert.Equal(["build", "what-if"],
            ((YamlSequenceNode)Jobs("deploy.yml")["deploy"].Children["needs"]).Select(job => ((YamlScalarNode)job).Value));
    }

    [Fact]
    public void A_rollback_goes_on_when_the_app_does_not_tell_and_the_wait_can_be_left_out()
    {
        var wait = Steps(Jobs("deploy.yml")["deploy"]).Single(step => Text(step, "name") == "Wait until nothing runs");
        Assert.Equal("${{ !inputs.skip_wait }}", Text(wait, "if"));
        Assert.Equal("${{ inputs.package_of_run != '' }}", Text(wait, "continue-on-error"));
        var warning = Steps(Jobs("deploy.yml")["deploy"])
            .Single(step => Text(step, "if") == $"steps.{Text(wait, "id")}.outcome == 'failure'");
        Assert.StartsWith("echo '::warning::", Text(warning, "run"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("what-if")]
    [InlineData("deploy")]
    public void What_the_parameter_files_read_is_given_to_the_template(string job)
    {
        string[] secrets = ["X_AUTH_TOKEN", "SUPABASE_JWT_SECRET", "SUPABASE_DB_URL"];
        var read = RepositoryFiles.Files("infra/bicep", "*.bicepparam")
            .SelectMany(file => ReadVariable().Matches(File.ReadAllText(file.FullName)))
            .Select(match => match.Groups[1].Value).Except(secrets).ToHashSet();
        var given = ((YamlMappingNode)Jobs("deploy.yml")[job].Children["env"]).Children.Select(value => ((YamlScalarNode)value.Key).Value!)
            .ToHashSet();
        Assert.Contains("SECRETS_OFFICER_IDS", read);
        Assert.Subset(given, read);
    }

    [Fact]
    public void The_package_is_built_for_the_backend_that_the_template_deploys()
    {
        var package = Steps(Jobs("build.yml")["build"]).Single(step => Text(step, "name") == "Package the Functions app");
        var property = Assert.Single(((YamlMappingNode)package.Children["env"]).Children);
        Assert.Equal("${{ vars.DURABLE_TASK_SCHEDULER }}", ((YamlScalarNode)property.Value).Value);
        Assert.Contains($"'$({((YamlScalarNode)property.Key).Value})' == 'true'",
            RepositoryFiles.Text("src", "FlexCrewFunctions", "FlexCrewFunctions.csproj"), StringComparison.Ordinal);
    }

    private static YamlMappingNode Root(string file) => (YamlMappingNode)Parse(RepositoryFiles.Text(".github", "workflows", file));

    private static Dictionary<string, YamlMappingNode> Jobs(string file) =>
        ((YamlMappingNode)Root(file).Children["jobs"])
            .ToDictionary(job => ((YamlScalarNode)job.Key).Value!, job => (YamlMappingNode)job.Value);

    private static IEnumerable<YamlMappingNode> Steps(YamlMappingNode job) =>
        job.Children.TryGetValue("steps", out var steps) ? ((YamlSequenceNode)steps).Cast<YamlMappingNode>() : [];

    private static string? Text(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) ? (value as YamlScalarNode)?.Value : null;

    private static YamlNode Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents.Single().RootNode;
    }

    [GeneratedRegex(@"^[\w.-]+/[\w./-]+@[0-9a-f]{40}$")]
    private static partial Regex Pinned();

    [GeneratedRegex(@"(?<![\w/.-])(?:scripts|tests|infra|src)/[\w./-]*\w")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"readEnvironmentVariable\('([A-Z_]+)'")]
    private static partial Regex ReadVariable();

    [GeneratedRegex(@"\$\{\{\s*secrets\.")]
    private static partial Regex Secret();
}
