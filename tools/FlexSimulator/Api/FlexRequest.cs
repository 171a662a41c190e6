using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace FlexSimulator;

/// <summary>A request, read whole and understood as one of the API's endpoints.</summary>
internal sealed class FlexRequest
{
    private const int LongestBody = 4 * 1024 * 1024;

    private FlexRequest(HttpRequest http, byte[] body, string basePath)
    {
        Http = http;
        Body = body;
        IsForm = http.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;
        Form = IsForm && body.Length > 0
            ? new FormReader(System.Text.Encoding.UTF8.GetString(body)).ReadForm()
            : [];
        Route = FlexRoute.Match(http.Method, http.Path.Value ?? "", basePath);
    }

    public HttpRequest Http { get; }

    public byte[] Body { get; }

    public bool IsForm { get; }

    public Dictionary<string, StringValues> Form { get; }

    public FlexRoute Route { get; }

    public FlexEndpoint Endpoint => Route.Endpoint;

    public string CorrelationId => Http.Headers["x-correlation-id"].ToString();

    public static async Task<FlexRequest> ReadAsync(HttpRequest http, string basePath)
    {
        using var body = new MemoryStream();
        var buffer = new byte[8192];
        int read;
        while ((read = await http.Body.ReadAsync(buffer)) > 0)
        {
            body.Write(buffer, 0, read);
            if (body.Length > LongestBody)
                throw new BadHttpRequestException("The body is too long.", StatusCodes.Status413PayloadTooLarge);
        }
        return new FlexRequest(http, body.ToArray(), basePath);
    }
}
