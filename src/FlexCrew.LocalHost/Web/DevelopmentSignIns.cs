using System.Net;
using FlexCrew.Http;

namespace FlexCrew.LocalHost.Web;

/// <summary>
/// People to try the console as, with tokens that <c>scripts/run</c> made for its own sample data: LocalHost makes none.
/// They are handed out only to a page of this very host that is open on this very machine.
/// </summary>
internal sealed class DevelopmentSignIns(IConfiguration configuration) : IDevelopmentSignIns
{
    /// <summary>The configuration section: a list of <c>Name</c>, <c>Role</c> and <c>Token</c>.</summary>
    public const string Section = "DevelopmentSignIns";

    private static readonly string[] LoopbackNames = ["localhost", "127.0.0.1", "[::1]"];

    private readonly IReadOnlyList<SignIn> people = configuration.GetSection(Section).Get<List<SignIn>>() ?? [];

    public bool IsOfferedTo(HttpContext context) => people.Count > 0 && IsLoopback(context);

    /// <summary>The sign-ins as JSON, without CORS headers: no page of another origin may read them.</summary>
    public IResult Answer(HttpContext context) =>
        IsOfferedTo(context) && IsSameOrigin(context.Request) ? Results.Json(people) : Results.NotFound();

    /// <summary>
    /// Both ends of the connection and the name that the browser knows the host by: a name that was made to point here is
    /// another origin. What came through a proxy came from who knows where.
    /// </summary>
    private static bool IsLoopback(HttpContext context) =>
        context.Connection is { RemoteIpAddress: { } remote, LocalIpAddress: { } local }
        && IPAddress.IsLoopback(remote) && IPAddress.IsLoopback(local)
        && LoopbackNames.Contains(context.Request.Host.Host, StringComparer.OrdinalIgnoreCase)
        && !context.Request.Headers.ContainsKey("Forwarded")
        && !context.Request.Headers.Keys.Any(name => name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase));

    private static bool IsSameOrigin(HttpRequest request) => request.Headers["Sec-Fetch-Site"] == "same-origin";

    /// <summary>A person to sign in as.</summary>
    public sealed record SignIn
    {
        public string Name { get; init; } = "";

        public string Role { get; init; } = "";

        public string Token { get; init; } = "";
    }
}
