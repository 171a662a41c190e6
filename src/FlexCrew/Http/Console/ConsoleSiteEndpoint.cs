using FlexCrew.Http.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlexCrew.Http;

/// <summary>
/// <c>GET console</c>: the page, its files and the documents that it links to. They hold nothing of any crew and need no token;
/// what the page shows comes from the API, with the token of whoever is signed in.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
/// <param name="signIns">The development sign-ins that the host offers; none but on LocalHost.</param>
public sealed class ConsoleSiteEndpoint(TimeProvider time, ILogger<ConsoleSiteEndpoint> logger, IEnumerable<IDevelopmentSignIns> signIns)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string SignInMark = "data-sign-in=\"token\"", SignInOffered = "data-sign-in=\"development\"";

    /// <summary>Answers with the page.</summary>
    public Task<Reply> PageAsync(HttpContext context) => RunAsync(context, () =>
    {
        var page = ConsoleSite.Read("console/index.html")!;
        var offers = signIns.Any(offered => offered.IsOfferedTo(context));
        return Serve(context, "index.html", offers ? page.Replace(SignInMark, SignInOffered, StringComparison.Ordinal) : page);
    });

    /// <summary>Answers with a file of the page.</summary>
    public Task<Reply> FileAsync(HttpContext context, string file) => RunAsync(context, () =>
        ConsoleSite.Read($"console/{file}") is { } content ? Serve(context, file, content) : Replies.NotFound);

    /// <summary>Answers with a document.</summary>
    public Task<Reply> DocumentAsync(HttpContext context, string file) => RunAsync(context, () =>
        ConsoleSite.Read($"docs/{file}") is { } markdown
            ? Serve(context, "page.html", ConsoleDocument.Page(file, markdown))
            : Replies.NotFound);

    /// <summary>Answers as a route that does not exist, for hosts where the console is off.</summary>
    public Task<Reply> AbsentAsync(HttpContext context) => RunAsync(context, () => Replies.NotFound);

    private Task<Reply> RunAsync(HttpContext context, Func<Reply> answer) =>
        EndpointFrame.RunAsync(context, RouteMethods.Get, time, logger, _ => Task.FromResult(answer()));

    private static Reply Serve(HttpContext context, string name, string content)
    {
        var tag = ConsoleSite.TagOf(content);
        var reply = context.Request.Headers.IfNoneMatch == tag
            ? new Reply { Status = 304 }
            : new Reply { Status = 200, ContentType = ConsoleSite.TypeOf(name), Body = content };
        return reply
            .With("Content-Security-Policy", Policy)
            .With("X-Content-Type-Options", "nosniff")
            .With("Referrer-Policy", "no-referrer")
            .With("Cross-Origin-Opener-Policy", "same-origin")
            .With(HeaderName.CacheControl, "no-cache")
            .With("ETag", tag);
    }
}

/// <summary>Sign-ins for development: only LocalHost has any, and only with its own sample data.</summary>
public interface IDevelopmentSignIns
{
    /// <summary>Whether they are offered to whoever sent this request.</summary>
    bool IsOfferedTo(HttpContext context);
}
