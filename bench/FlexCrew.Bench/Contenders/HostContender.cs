using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FlexCrew.Bench.Measuring;
using FlexCrew.Bench.Worlds;

namespace FlexCrew.Bench.Contenders;

/// <summary>FlexCrew as a user of the web app meets it: a host in a process of its own, over HTTP.</summary>
internal sealed class HostContender(RunningHost host, string accessToken) : IContender, IDisposable
{
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromMinutes(5) };
    private readonly Uri sync = new(host.Address, "/functions/v1/sync-flex-crew-for-job");
    private readonly Probes probes = new(host.ProbeDirectory);

    public string Name => host.Name;

    public bool KeepsTable => true;

    public bool WorksAfterAnswers => true;

    public bool MeetsTrouble => true;

    public async Task<IReadOnlyList<string>> RunAsync(BenchWorld world)
    {
        var clicks = world.Jobs.SelectMany(job => Enumerable.Repeat(job, world.Scenario.Clicks));
        var answers = await Task.WhenAll(clicks.Select(job => ClickAsync(job, world.Scenario.Departments)));
        return [.. answers.SelectMany(complaints => complaints)];
    }

    public Task<Costs?> CostsAsync() => probes.ReadAsync();

    public void Dispose() => http.Dispose();

    private async Task<IReadOnlyList<string>> ClickAsync(BenchJob job, IReadOnlyList<string> departments)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, sync);
        request.Content = JsonContent.Create(new { job_id = job.Id, departments });
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (response.StatusCode != HttpStatusCode.OK) return [$"answered {(int)response.StatusCode}: {text}"];
        return [.. JsonNode.Parse(text)!["summary"]!.AsObject()
            .SelectMany(department => department.Value!["errors"]?.AsArray() ?? [])
            .Select(error => error!.ToString())];
    }
}
