using System.Net;
using FlexCrew.IntegrationTests.EndToEnd;

namespace FlexCrew.IntegrationTests.Console;

/// <summary>The page itself, and the sign-ins that a host with sample data offers.</summary>
public sealed class ConsolePageTests
{
    private static readonly (string, string)[] Offered =
    [
        ("DevelopmentSignIns:0:Name", "Marta"), ("DevelopmentSignIns:0:Role", "management"), ("DevelopmentSignIns:0:Token", "a-token"),
    ];

    [Theory]
    [InlineData("/")]
    [InlineData("/functions/v1/console")]
    public async Task The_page_and_all_that_it_names_is_served_with_a_strict_policy(string path)
    {
        await using var stage = await Stage.SetAsync();
        using var page = await GetAsync(stage, path);

        Assert.Equal(("text/html", 200), (page.Content.Headers.ContentType!.MediaType, (int)page.StatusCode));
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        foreach (var file in new[] { "app.js", "console.css", "icon.svg" })
        {
            using var answer = await GetAsync(stage, new Uri(new Uri("http://host" + path), $"console/assets/{file}").AbsolutePath);
            Assert.Equal(200, (int)answer.StatusCode);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        }
    }

    [Fact]
    public async Task A_file_that_the_browser_has_already_is_not_sent_again()
    {
        await using var stage = await Stage.SetAsync();
        using var first = await GetAsync(stage, "/console/assets/app.js");
        using var second = await GetAsync(stage, "/console/assets/app.js", ("If-None-Match", first.Headers.ETag!.Tag));

        Assert.Equal(304, (int)second.StatusCode);
        Assert.Empty(await second.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/console/assets/nothing.js")]
    [InlineData("/console/assets/..%2f..%2fFlexCrew.dll")]
    [InlineData("/console/docs/nothing.md")]
    public async Task What_is_no_file_of_the_console_is_not_found(string path)
    {
        await using var stage = await Stage.SetAsync();
        using var answer = await GetAsync(stage, path);
        Assert.Equal(404, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_host_without_sample_data_offers_no_sign_in()
    {
        await using var stage = await Stage.SetAsync();
        using var page = await GetAsync(stage, "/");
        using var signIns = await GetAsync(stage, "/functions/v1/console/development-sign-ins", ("Sec-Fetch-Site", "same-origin"));

        Assert.Contains("data-sign-in=\"token\"", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(404, (int)signIns.StatusCode);
    }

    [Fact]
    public async Task Sign_ins_are_handed_to_the_hosts_own_page_on_this_machine()
    {
        await using var stage = await Stage.SetAsync(overrides: Offered);
        using var page = await GetAsync(stage, "/");
        using var signIns = await GetAsync(stage, "/functions/v1/console/development-sign-ins", ("Sec-Fetch-Site", "same-origin"));

        Assert.Contains("data-sign-in=\"development\"", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("""[{"name":"Marta","role":"management","token":"a-token"}]""", await signIns.Content.ReadAsStringAsync());
        Assert.False(signIns.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", null)]
    [InlineData("Host", "evil.example")]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    public async Task Nobody_else_gets_them(string header, string? value)
    {
        await using var stage = await Stage.SetAsync(overrides: Offered);
        (string, string?)[] headers = header == "Sec-Fetch-Site" ? [(header, value)] : [("Sec-Fetch-Site", "same-origin"), (header, value)];
        using var signIns = await GetAsync(stage, "/functions/v1/console/development-sign-ins", headers);

        Assert.Equal(HttpStatusCode.NotFound, signIns.StatusCode);
        Assert.DoesNotContain("a-token", await signIns.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> GetAsync(Stage stage, string path, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(stage.Host.BaseUrl, path));
        foreach (var (name, value) in headers.Where(header => header.Value is not null))
        {
            if (name == "Host") request.Headers.Host = value;
            else request.Headers.TryAddWithoutValidation(name, value);
        }
        return await stage.Http.SendAsync(request);
    }
}
