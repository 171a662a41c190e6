using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FlexCrew.Bench.Measuring;
using FlexCrew.Bench.Worlds;

namespace FlexCrew.Bench.Contenders;

/// <summary>
/// What nobody can beat without more requests at once: the fewest requests, each as soon as what it needs is known, at the
/// ceiling, and nothing else. It knows the difference beforehand, asks no database and guards against nothing; several clicks
/// on one job are one run.
/// </summary>
internal sealed class IdealContender(HttpClient http, Uri flexBaseUrl, int ceiling) : IContender, IDisposable
{
    private readonly SemaphoreSlim free = new(ceiling);

    public string Name => "ideal";

    public bool KeepsTable => false;

    public bool WorksAfterAnswers => false;

    public bool MeetsTrouble => false;

    public async Task<IReadOnlyList<string>> RunAsync(BenchWorld world)
    {
        await Task.WhenAll(world.CrewCalls.Select(SyncAsync));
        return [];
    }

    public Task<Costs?> CostsAsync() => Task.FromResult<Costs?>(Costs.OfThisProcess);

    public void Dispose() => free.Dispose();

    private async Task SyncAsync(BenchCrewCall crewCall)
    {
        await SendAsync(HttpMethod.Get, $"line-item/{crewCall.Element}/row-data/?codeList=contact&codeList=business-role&node=root", null);
        await Task.WhenAll(crewCall.Join.Select(one => AddAsync(crewCall, one)).Append(DeleteAsync(crewCall.Leave)));
    }

    private async Task AddAsync(BenchCrewCall crewCall, Technician one)
    {
        var answer = await SendAsync(HttpMethod.Post, $"line-item/{crewCall.Element}/add-resource/{one.Resource}", null);
        if (Department.BusinessRoleOf(crewCall.Department) is not { } role) return;
        var line = (string?)answer["addedResourceLineIds"]![0];
        await SendAsync(
            HttpMethod.Post,
            $"line-item/{crewCall.Element}/row-data/",
            JsonContent.Create(new { lineItemId = line, fieldType = "business-role", payloadValue = role }));
    }

    private Task DeleteAsync(IReadOnlyList<Technician> leaving) => leaving.Count == 0
        ? Task.CompletedTask
        : SendAsync(
            HttpMethod.Delete,
            "line-item",
            new FormUrlEncodedContent(leaving.Select(one => KeyValuePair.Create("lineItemIds", one.Line.ToString()))));

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        await free.WaitAsync();
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(flexBaseUrl, path)) { Content = content };
            using var response = await http.SendAsync(request);
            response.EnsureSuccessStatusCode();
            return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        }
        finally
        {
            free.Release();
        }
    }
}
