using System.Net.Http.Headers;
using FlexCrew.Flex.Reading;
using Microsoft.Extensions.Options;

namespace FlexCrew.Flex.Transport;

/// <summary>Sends one request once and reads its answer, bounded in size. Throws only when it is cancelled.</summary>
internal sealed class FlexTransport(
    IHttpClientFactory clients, FlexCredentials credentials, IOptions<FlexCrewOptions> options, TimeProvider time)
{
    /// <summary>The name of the client in the factory.</summary>
    public const string ClientName = "flex";

    private readonly int limit = options.Value.FlexMaxResponseBytes;

    /// <summary>One attempt. <paramref name="sending"/> tells, also after a cancellation, whether it may have reached Flex.</summary>
    public async Task<FlexReply> SendAsync(FlexRequest request, string correlationId, Sending sending, CancellationToken cancellation)
    {
        using var message = Message(request, correlationId, sending);
        try
        {
            using var client = clients.CreateClient(ClientName);
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);
            sending.Head = new FlexReply { Status = (int)response.StatusCode, RetryAfter = RetryAfter(response) };
            return await BodyAsync(sending.Head, response, cancellation);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return sending.MayHaveArrived
                ? FlexReply.None("broken", "Flex closed the connection without an answer", sent: true)
                : FlexReply.None("unreachable", "Flex cannot be reached", sent: false);
        }
    }

    private async Task<FlexReply> BodyAsync(FlexReply reply, HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            var body = await BoundedBody.ReadAsync(response.Content, limit, cancellation);
            return body is { } bytes
                ? reply with { Body = bytes, ErrorText = FlexError.Of(bytes, credentials.Token) }
                : reply with
                {
                    Problem = ReplyFailures.Unreadable($"Flex answered with more than {limit} bytes"),
                    ProblemName = "too-large"
                };
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return reply.Broken("broken", "Flex closed the connection in the middle of its answer");
        }
    }

    private HttpRequestMessage Message(FlexRequest request, string correlationId, Sending sending)
    {
        var message = new HttpRequestMessage(request.Method, credentials.BaseUrl + request.Path);
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*"));
        message.Headers.TryAddWithoutValidation("X-Auth-Token", credentials.Token);
        message.Headers.TryAddWithoutValidation("apikey", credentials.Token);
        message.Headers.TryAddWithoutValidation("X-Requested-With", "XMLHttpRequest");
        message.Headers.TryAddWithoutValidation("X-API-Client", "flex5-desktop");
        if (correlationId.Length is > 0 and <= 128 && correlationId.All(c => c is > ' ' and <= '~'))
            message.Headers.TryAddWithoutValidation("x-correlation-id", correlationId);
        if (request.Body is { } body)
            message.Content = sending.Body = new OnceContent(body, request.ContentType);
        return message;
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("Retry-After", out var values)
            ? RetryAfterHeader.Parse(values.FirstOrDefault(), time.GetUtcNow())
            : null;
}

/// <summary>How far the sending of a request went.</summary>
internal sealed class Sending
{
    /// <summary>The body of a write.</summary>
    public OnceContent? Body { get; set; }

    /// <summary>The head of the answer, once it has come.</summary>
    public FlexReply? Head { get; set; }

    /// <summary>False only when it is certain that Flex did not get the request.</summary>
    public bool MayHaveArrived => Body?.Begun ?? true;
}
