using System.Text;
using System.Text.RegularExpressions;
using FlexCrew.Tests.Http.Contract;

namespace FlexCrew.Tests.Http;

/// <summary>The HTTP contract: every case of tests/smoke/contract-cases.json, and the answers word by word.</summary>
public sealed partial class ContractTests(ContractHosts hosts) : IClassFixture<ContractHosts>
{
    private static readonly ContractFile File = ContractFile.Load();

    private static readonly HashSet<string> NotRecorded =
        ["date", "server", "connection", "content-length", "transfer-encoding", .. File.Every["headers"]!.AsObject()
            .Select(header => header.Key)];

    public static TheoryData<string> Names => [.. File.Cases().Select(each => each.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Is_kept(string name)
    {
        var contractCase = File.Cases().Single(each => each.Name == name);
        var host = await hosts.ForAsync(contractCase.Needs);
        await new ContractRunner(File, host.Contract).RunAsync(contractCase);
    }

    [Fact]
    public async Task Gives_the_answers_on_record()
    {
        var record = new StringBuilder();
        foreach (var contractCase in File.Cases())
        {
            var host = await hosts.ForAsync(contractCase.Needs);
            record.Append($"## {contractCase.Name}\n");
            foreach (var (request, answer) in await new ContractRunner(File, host.Contract).RunAsync(contractCase))
                record.Append(Recorded(request, answer));
        }
        Snapshot.AssertIs("tests/FlexCrew.Tests/Http/contract.snapshot.txt", record.ToString());
    }

    private static string Recorded(string request, RawAnswer answer)
    {
        var headers = answer.Headers.Where(header => !NotRecorded.Contains(header.Key))
            .OrderBy(header => header.Key, StringComparer.Ordinal);
        var text = new StringBuilder($"{Short(request)}\n{answer.Status}\n");
        foreach (var (name, value) in headers)
            text.Append($"{name}: {value}\n");
        var whole = text.Append(answer.Body).Append(answer.Body.Length > 0 ? "\n\n" : "\n").ToString();
        return Times().Replace(Ids().Replace(Ports().Replace(whole, "http://{base}"), "{id}"), "{time}");
    }

    private static string Short(string request) => request.Length <= 140 ? request : request[..140] + "…";

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Ports();

    [GeneratedRegex(@"\b0[0-9a-f]{11}7[0-9a-f]{19}\b")]
    private static partial Regex Ids();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")]
    private static partial Regex Times();
}
