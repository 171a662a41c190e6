using System.Net;
using System.Net.Sockets;
using FlexCrew.Flex;

namespace FlexCrew.IntegrationTests.Flex;

/// <summary>What goes over the wire, and what is made of a wire that breaks.</summary>
public sealed class WireTests
{
    private const string Form = "resourceParentId=&managedResourceLineItemType=contact&quantity=1&parentLineItemId=&nextSiblingId=";

    [Fact]
    public async Task Requests_look_as_those_of_the_Flex_UI()
    {
        await using var server = new WireServer(_ => WireServer.Ok("""{"id":"line-1","items":[]}"""));
        await using var flex = new FlexHarness(server.Url);
        await flex.Api.AddResourceAsync("cc", "res", flex.Scope, default);
        await flex.Api.SetBusinessRoleAsync("cc", "li", "role", flex.Scope, default);
        await flex.Api.DeleteAsync("li/../x", flex.Scope, default);
        await flex.Api.DeleteManyAsync(["a", "b"], "lineItemIds", flex.Scope, default);
        await flex.Api.ListAsync(FlexListing.RowData, "cc", flex.Scope, default);
        await flex.Api.ListAsync(FlexListing.Single, "cc", flex.Scope, default);

        var host = new Uri(server.Url).Authority;
        const string FormType = "Content-Type: application/x-www-form-urlencoded; charset=UTF-8";
        string[] expected =
        [
            Request("POST /f5/api/line-item/cc/add-resource/res", host, Form, FormType),
            Request("POST /f5/api/line-item/cc/row-data/", host,
                """{"lineItemId":"li","fieldType":"business-role","payloadValue":"role"}""", "Content-Type: application/json"),
            Request("DELETE /f5/api/line-item/li%2F..%2Fx", host, ""),
            Request("DELETE /f5/api/line-item", host, "lineItemIds=a&lineItemIds=b", FormType),
            Request("GET /f5/api/line-item/cc/row-data/?_dc=0&codeList=contact&codeList=business-role&codeList=pickup-date&codeList=return-date&codeList=notes&codeList=quantity&codeList=status&node=root", host, null),
            Request("GET /f5/api/line-item/cc", host, null),
        ];
        Assert.Equal(
            expected, server.Requests.Select(request => System.Text.RegularExpressions.Regex.Replace(request, "_dc=[0-9]{13}", "_dc=0")));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_form_that_is_refused_is_followed_by_an_empty_post_without_a_content_type()
    {
        await using var server = new WireServer(number => number == 1
            ? "HTTP/1.1 415 Unsupported Media Type\r\nContent-Length: 0\r\n\r\n"
            : WireServer.Ok("""{"id":"line-1"}"""));
        await using var flex = new FlexHarness(server.Url);
        Assert.Equal(new WriteOutcome.Applied("line-1"), await flex.Api.AddResourceAsync("cc", "res", flex.Scope, default));
        Assert.Equal(Request("POST /f5/api/line-item/cc/add-resource/res", new Uri(server.Url).Authority, ""), server.Requests.Last());
    }

    [Fact]
    public async Task An_id_that_would_change_the_path_is_never_sent()
    {
        await using var server = new WireServer(_ => WireServer.Ok("{}"));
        await using var flex = new FlexHarness(server.Url);
        foreach (var id in new[] { "", " ", ".", "..", "a\nb" })
        {
            Assert.IsType<WriteOutcome.NotApplied>(await flex.Api.DeleteAsync(id, flex.Scope, default));
            Assert.IsType<WriteOutcome.NotApplied>(await flex.Api.AddResourceAsync("cc", id, flex.Scope, default));
            Assert.IsType<WriteOutcome.NotApplied>(await flex.Api.AddResourceAsync(id, "res", flex.Scope, default));
            Assert.IsType<WriteOutcome.NotApplied>(await flex.Api.DeleteManyAsync(["a", id], "ids", flex.Scope, default));
            Assert.NotNull((await flex.Api.ListAsync(FlexListing.Single, id, flex.Scope, default)).Failure);
        }

        Assert.Empty(server.Requests);
        Assert.Equal(0, flex.Scope.Requests);
    }

    [Fact]
    public async Task A_correlation_id_that_no_header_can_carry_is_left_out()
    {
        await using var server = new WireServer(_ => WireServer.Ok("[]"));
        await using var flex = new FlexHarness(server.Url);
        foreach (var id in new[] { "", "a\r\nX-Evil: 1", "ñ" })
            Assert.NotNull((await flex.Api.ListAsync(FlexListing.Single, "cc", new FlexScope(id), default)).Value);
        Assert.All(server.Requests, request => Assert.DoesNotContain("correlation", request));
        Assert.All(server.Requests, request => Assert.DoesNotContain("Evil", request));
    }

    public static TheoryData<string> Writes => ["add", "role", "delete", "delete-many"];

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_write_is_on_the_wire_once_when_a_kept_alive_connection_closes_without_an_answer(string write)
    {
        // The first request leaves a connection in the pool, on which the write is sent and not answered.
        await using var server = new WireServer(number => number == 1 ? WireServer.Ok("[]") : null);
        await using var flex = new FlexHarness(server.Url);
        Assert.NotNull((await flex.Api.ListAsync(FlexListing.Single, "cc", flex.Scope, default)).Value);

        var outcome = write switch
        {
            "add" => await flex.Api.AddResourceAsync("cc", "res", flex.Scope, default),
            "role" => await flex.Api.SetBusinessRoleAsync("cc", "li", "role", flex.Scope, default),
            "delete" => await flex.Api.DeleteAsync("li", flex.Scope, default),
            _ => await flex.Api.DeleteManyAsync(["a", "b"], "ids", flex.Scope, default),
        };

        Assert.Equal("Flex closed the connection without an answer", Assert.IsType<WriteOutcome.Unknown>(outcome).Failure.Message);
        Assert.Equal((2, 1, 2), (server.Requests.Count, server.Connections, flex.Scope.Requests));
    }

    [Fact]
    public async Task The_trap_is_there_a_post_without_content_is_sent_again_by_dotnet_itself()
    {
        await using var server = new WireServer(number => number == 1 ? WireServer.Ok("[]") : null);
        using var http = new HttpClient();
        await http.GetStringAsync(server.Url);
        await Assert.ThrowsAsync<HttpRequestException>(() => http.PostAsync(server.Url, content: null));
        Assert.True(server.Requests.Count > 2, "If this fails, .NET has changed for the better.");
    }

    [Fact]
    public async Task A_read_is_tried_again_when_the_connection_closes_without_an_answer()
    {
        await using var server = new WireServer(number => number < 3 ? null : WireServer.Ok("""[{"id":"l","resourceId":"r"}]"""));
        await using var flex = new FlexHarness(server.Url);
        Assert.Equal([new("l", "r")], (await flex.Api.ListAsync(FlexListing.Single, "cc", flex.Scope, default)).Value!);
    }

    [Theory]
    [InlineData("SMTP ready\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"id\":\"line-1\"")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n")]
    public async Task An_answer_that_is_no_http_or_breaks_off_leaves_a_write_unknown(string answer)
    {
        // Each answer is followed by the end of the connection.
        var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var serving = Task.Run(async () =>
        {
            using var client = await server.AcceptTcpClientAsync();
            var read = await client.GetStream().ReadAsync(new byte[8192]);
            Assert.True(read > 0);
            await client.GetStream().WriteAsync(System.Text.Encoding.UTF8.GetBytes(answer));
        });
        await using var flex = new FlexHarness($"http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}/f5/api");
        Assert.IsType<WriteOutcome.Unknown>(await flex.Api.SetBusinessRoleAsync("cc", "li", "role", flex.Scope, default));
        await serving;
        server.Stop();
    }

    [Fact]
    public async Task A_server_that_is_not_there_means_not_applied_after_all_attempts()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        foreach (var url in new[] { $"http://127.0.0.1:{port}/", "http://flex.invalid/" })
        {
            await using var flex = new FlexHarness(url);
            var refused = Assert.IsType<WriteOutcome.NotApplied>(await flex.Api.AddResourceAsync("cc", "res", flex.Scope, default));
            Assert.Equal(new Failure(FailureKind.FlexUnavailable, "Flex cannot be reached", Retryable: true), refused.Failure);
            Assert.Equal(3, flex.Scope.Requests);
        }
    }

    [Fact]
    public async Task A_tls_handshake_that_fails_or_hangs_means_not_applied()
    {
        await using var plain = new WireServer(_ => null);
        using (var hello = new TcpListener(IPAddress.Loopback, 0))
        {
            hello.Start();
            var answering = Task.Run(async () =>
            {
                using var client = await hello.AcceptTcpClientAsync();
                await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
            });
            await using var noTls = new FlexHarness(
                $"https://127.0.0.1:{((IPEndPoint)hello.LocalEndpoint).Port}/", options => options.FlexMaxAttempts = 1);
            var failed = Assert.IsType<WriteOutcome.NotApplied>(await noTls.Api.DeleteAsync("li", noTls.Scope, default));
            Assert.Equal("Flex cannot be reached", failed.Failure.Message);
            await answering;
        }

        await using var hanging = new FlexHarness(plain.Url.Replace("http:", "https:"), options =>
            (options.FlexMaxAttempts, options.FlexAttemptTimeout) = (1, TimeSpan.FromMilliseconds(200)));
        var late = Assert.IsType<WriteOutcome.NotApplied>(await hanging.Api.DeleteAsync("li", hanging.Scope, default));
        Assert.Equal("Flex did not answer within 0.2 s", late.Failure.Message);
    }

    private static string Request(string line, string host, string? body, string? contentType = null) => string.Join("\r\n",
    [
        $"{line} HTTP/1.1",
        $"Host: {host}",
        "Accept: */*",
        $"X-Auth-Token: {FlexHarness.Token}",
        $"apikey: {FlexHarness.Token}",
        "X-Requested-With: XMLHttpRequest",
        "X-API-Client: flex5-desktop",
        "x-correlation-id: correlation-1",
        .. contentType is null ? Array.Empty<string>() : [contentType],
        .. body is null ? Array.Empty<string>() : [$"Content-Length: {body.Length}"],
        "",
        body ?? "",
    ]);
}
