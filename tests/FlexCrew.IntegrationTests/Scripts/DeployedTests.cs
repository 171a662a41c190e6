using FlexCrew.IntegrationTests.EndToEnd;
using FlexSimulator;

namespace FlexCrew.IntegrationTests.Scripts;

/// <summary>The smoke test that the deployment runs.</summary>
public sealed class DeployedTests
{
    private const string Path = "tests/smoke/deployed";

    [Fact]
    public async Task A_host_that_is_ready_passes_and_nothing_is_changed()
    {
        await using var stage = await Stage.SetAsync();

        var (code, output) = await Script.RunAsync(Path, [Base(stage), "5"]);

        Assert.True(code == 0, output);
        Assert.Empty(await stage.LogAsync());
        Assert.Equal(0, stage.Flex.Log.Count(FlexEndpoint.Writes));
    }

    [Fact]
    public async Task A_host_that_flex_refuses_does_not_pass()
    {
        await using var stage = await Stage.SetAsync();
        stage.Flex.Faults.Add(FlexEndpoint.Any, Fault.Answer(401));

        var (code, output) = await Script.RunAsync(Path, [Base(stage), "0"]);

        Assert.Equal(1, code);
        Assert.Contains("\"flex\":\"failed\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_else_that_is_ready_does_not_pass()
    {
        await using var server = await FakeHost.StartAsync(_ => (200, "{}", null));

        var (code, output) = await Script.RunAsync(Path, [server.BaseUrl, "0"]);

        Assert.Equal(1, code);
        Assert.Contains("access-control-allow-methods", output, StringComparison.Ordinal);
    }

    private static string Base(Stage stage) => stage.Host.BaseUrl.GetLeftPart(UriPartial.Authority);
}
