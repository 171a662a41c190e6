using FlexCrew.Http;
using FlexCrew.Tests.Http.Support;
using Microsoft.Extensions.Options;

namespace FlexCrew.Tests.Http;

/// <summary>What a host gets by registering the endpoints.</summary>
public sealed class RegistrationTests
{
    [Theory]
    [InlineData("crew.example")]
    [InlineData("/functions")]
    [InlineData("ftp://crew.example")]
    public async Task A_public_url_that_will_not_do_stops_the_start(string url)
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(
            () => SyncHost.StartAsync(settings => settings["FlexCrew:PublicBaseUrl"] = url));
        Assert.Equal("FlexCrew__PublicBaseUrl must be an absolute http or https URL", failure.Message);
    }

    [Fact]
    public async Task The_other_name_of_the_Flex_token_will_do()
    {
        await using var host = await SyncHost.StartAsync(settings =>
        {
            settings.Remove("X_AUTH_TOKEN");
            settings["FLEX_X_AUTH_TOKEN"] = "token";
        });
        var body = System.Text.Encoding.UTF8.GetBytes($$"""{"job_id":"{{MemoryCrewCalls.Job}}"}""");
        var answer = await host.SendAsync("POST", "/functions/v1/sync-flex-crew-for-job", body, host.Bearer(TestUsers.Management));
        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public void The_routes_are_those_that_callers_know() => Assert.Equal(
        "functions/v1: sync-flex-crew-for-job, sync-flex-crew-for-job/{id}, sync-flex-crew-for-job/leases/{job}/{department}/release, health",
        $"{Routes.Prefix}: {Routes.Sync}, {Routes.Status}, {Routes.LeaseRelease}, {Routes.Health}");

    [Fact]
    public void The_console_and_its_reads_lie_below_one_route() => Assert.All(
        (string[])[Routes.ConsoleFile, Routes.ConsoleDocument, Routes.ConsoleSession, Routes.ConsoleJobs, Routes.ConsoleCrew,
            Routes.ConsoleRuns, Routes.ConsoleStats, Routes.ConsoleLeases],
        route => Assert.StartsWith(Routes.Console + "/", route, StringComparison.Ordinal));
}
