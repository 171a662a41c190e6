using System.Collections.Immutable;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace FlexCrew.Http.Protocol;

/// <summary>An answer as a value. Both hosts return it as it is: it is a result of minimal APIs and of Functions.</summary>
public sealed record Reply : IResult, IActionResult
{
    /// <summary>The status code.</summary>
    public required int Status { get; init; }

    /// <summary>The content type; null when there is no body.</summary>
    public string? ContentType { get; init; }

    /// <summary>The body, sent as UTF-8.</summary>
    public string Body { get; init; } = "";

    /// <summary>The headers, CORS among them; content type and length come from the body.</summary>
    public ImmutableDictionary<string, string> Headers { get; init; } =
        ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The same answer with one more header.</summary>
    public Reply With(string header, string value) => this with { Headers = Headers.SetItem(header, value) };

    /// <summary>Sends the answer.</summary>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        foreach (var (name, value) in Headers)
            response.Headers[name] = value;

        var body = Encoding.UTF8.GetBytes(Body);
        response.ContentLength = body.Length;
        if (ContentType is not null)
            response.ContentType = ContentType;
        if (body.Length > 0 && !HttpMethods.IsHead(httpContext.Request.Method))
            await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }

    /// <summary>Sends the answer.</summary>
    public Task ExecuteResultAsync(ActionContext context) => ExecuteAsync(context.HttpContext);
}
