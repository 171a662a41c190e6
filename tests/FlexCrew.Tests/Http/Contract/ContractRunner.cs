using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FlexCrew.Tests.Http.Contract;

/// <summary>Sends the requests of a case and compares the answers.</summary>
public sealed class ContractRunner(ContractFile file, ContractServer server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Runs a case; returns its answers when all are as expected, else fails with every difference.</summary>
    public async Task<IReadOnlyList<(string Request, RawAnswer Answer)>> RunAsync(ContractCase contractCase)
    {
        var placeholders = new Placeholders(file, server);
        var answers = new List<(string, RawAnswer)>();
        foreach (var step in contractCase.Steps)
        {
            var send = placeholders.Fill(step!["send"])!;
            var answer = await SendAsync(send);
            if (step["until"]?.GetValue<int>() is { } awaited)
                answer = await PollAsync(send, answer, awaited);
            var differences = Differences(placeholders.Fill(step["expect"])!.AsObject(), answer).ToArray();
            Assert.True(
                differences.Length == 0,
                $"{contractCase.Name}\n  {string.Join("\n  ", differences)}\nanswer: {answer.Status} {answer.Body}");
            foreach (var (name, key) in step["save"]?.AsObject() ?? [])
                placeholders.Save(name, JsonNode.Parse(answer.Body)![key!.GetValue<string>()]!.GetValue<string>());
            answers.Add(($"{send["method"]} {send["path"]}", answer));
        }
        return answers;
    }

    private async Task<RawAnswer> PollAsync(JsonNode send, RawAnswer answer, int awaited)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (answer.Status != awaited && !patience.IsCancellationRequested)
        {
            await Task.Delay(20, CancellationToken.None);
            answer = await SendAsync(send);
        }
        return answer;
    }

    private Task<RawAnswer> SendAsync(JsonNode send)
    {
        var body = Body(send);
        var headers = (send["headers"]?.AsObject() ?? []).SelectMany(header => header.Value is JsonArray many
            ? many.Select(value => KeyValuePair.Create(header.Key, value!.GetValue<string>()))
            : [KeyValuePair.Create(header.Key, header.Value!.GetValue<string>())]).ToList();
        if (body is not null && headers.TrueForAll(header => header.Key != "content-type"))
            headers.Add(KeyValuePair.Create("content-type", "application/json"));
        var isChunked = send["chunked"]?.GetValue<bool>() ?? false;
        return RawHttp.SendAsync(
            server.Base, send["method"]!.GetValue<string>(), send["path"]!.GetValue<string>(), headers, body, isChunked);
    }

    private byte[]? Body(JsonNode send)
    {
        if (send["size"]?.GetValue<int>() is { } size)
        {
            var body = $$"""{"job_id":"{{server.Values["job"]}}","departments":["sound"],"padding":"~"}""";
            return Encoding.UTF8.GetBytes(body.Replace("~", new string('x', size - body.Length + 1), StringComparison.Ordinal));
        }
        return send["body"] is { } json ? Encoding.UTF8.GetBytes(json.ToJsonString())
            : send["text"] is { } text ? Encoding.UTF8.GetBytes(text.GetValue<string>())
            : send["base64"] is { } base64 ? Convert.FromBase64String(base64.GetValue<string>())
            : null;
    }

    private IEnumerable<string> Differences(JsonObject expect, RawAnswer answer)
    {
        if (expect["status"]!.GetValue<int>() != answer.Status)
            yield return $"status: {expect["status"]} was expected, not {answer.Status}";
        foreach (
            var (name, value) in (expect["headers"]?.AsObject() ?? []).UnionBy(file.Every["headers"]!.AsObject(), header => header.Key))
        {
            var actual = answer.Header(name);
            if (value is null ? actual is not null : !JsonMatch.Text(value.GetValue<string>(), actual))
                yield return $"{name}: {value} was expected, not {actual}";
        }
        var all = string.Join('\n', answer.Headers.Select(header => header.Value).Append(answer.Body));
        foreach (var never in file.Every["never"]!.AsArray().Select(pattern => pattern!.GetValue<string>()))
        {
            if (Regex.IsMatch(all, never))
                yield return $"the answer has what no answer may have: {never}";
        }
        if (expect["text"] is { } text && text.GetValue<string>() != answer.Body)
            yield return $"body: '{text}' was expected, not '{answer.Body}'";
        if (expect["json"] is { } json)
        {
            foreach (var difference in JsonMatch.Differences(json, Parse(answer.Body)))
                yield return difference;
        }
    }

    private static JsonNode? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return $"not JSON: {body}";
        }
    }
}
