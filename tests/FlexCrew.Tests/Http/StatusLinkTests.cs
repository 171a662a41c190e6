using FlexCrew.Http.Endpoints;
using Microsoft.AspNetCore.Http;

namespace FlexCrew.Tests.Http;

/// <summary>Where links in answers lead.</summary>
public sealed class StatusLinkTests
{
    private const string Tail = "/functions/v1/sync-flex-crew-for-job/id";

    [Theory]
    [InlineData(null, "http://localhost:7071", "")]
    [InlineData("https://crew.example", "https://crew.example", "")]
    [InlineData("https://crew.example/", "https://crew.example", "")]
    [InlineData("https://crew.example:8443/behind/proxy/", "https://crew.example:8443", "/behind/proxy")]
    public void They_begin_with_the_public_url_where_there_is_one(string? publicBaseUrl, string origin, string path)
    {
        var link = StatusLink.To("id", Request("localhost:7071"), publicBaseUrl is null ? null : new Uri(publicBaseUrl));
        Assert.Equal(new StatusLink(origin + path + Tail, path + Tail), link);
    }

    [Fact]
    public void Forwarded_headers_are_not_believed()
    {
        var request = Request("localhost");
        request.Headers["X-Forwarded-Host"] = "evil.example";
        request.Headers["X-Forwarded-Proto"] = "gopher";
        request.Headers["Forwarded"] = "host=evil.example";
        Assert.Equal("http://localhost" + Tail, StatusLink.To("id", request, null).Absolute);
    }

    [Fact]
    public void Without_a_host_they_are_relative() => Assert.Equal(Tail, StatusLink.To("id", Request(""), null).Absolute);

    private static HttpRequest Request(string host)
    {
        var request = new DefaultHttpContext().Request;
        (request.Scheme, request.Host) = ("http", new HostString(host));
        return request;
    }
}
