using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlexSimulator;

/// <summary>The control API: what <see cref="FlexSimulatorServer"/> offers in the process, over HTTP. It asks for no token.</summary>
internal sealed class ControlApi(FlexSimulatorServer server)
{
    public const string Root = "/_control";

    private readonly ControlWorld world = new(server.World);
    private readonly ControlFaults faults = new(server.Faults);
    private readonly ControlLog log = new(server.Log);

    public static bool Owns(HttpContext context) => context.Request.Path.StartsWithSegments(Root);

    public async Task HandleAsync(HttpContext context)
    {
        int status = 200;
        object? body;
        try
        {
            body = await AnswerAsync(context);
            if (body is null) (status, body) = (404, Error($"There is no {context.Request.Method} {context.Request.Path}."));
        }
        catch (Exception wrong) when (wrong is JsonException or ArgumentException or InvalidOperationException or FormatException)
        {
            (status, body) = (400, Error(wrong.Message));
        }
        catch (KeyNotFoundException missing)
        {
            (status, body) = (404, Error(missing.Message));
        }
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(body, ControlJson.Options, context.RequestAborted);
    }

    /// <summary>What is answered with 200; null when there is no such thing.</summary>
    private async Task<object?> AnswerAsync(HttpContext context)
    {
        var path = (context.Request.Path.Value ?? "")[Root.Length..].Trim('/').Split('/');
        var request = new ControlRequest(context.Request.Method, path, context.Request.Query, await BodyAsync(context));
        switch (request)
        {
            case { Method: "GET", Path: [""] }:
                return new
                {
                    baseUrl = server.BaseUrl, seed = server.Seed,
                    crewCalls = server.World.CrewCalls.Select(crewCall => crewCall.Id)
                };
            case { Method: "POST", Path: ["reset"] }:
                await server.ResetAsync();
                return new { ok = true };
            case { Method: "GET", Path: ["behaviour"] }:
                return server.Behaviour;
            case { Method: "PATCH", Path: ["behaviour"] }:
                return server.Behaviour = BehaviourPatch.Apply(server.Behaviour, request.Body);
            default:
                return world.Handle(request) ?? await faults.HandleAsync(request) ?? log.Handle(request);
        }
    }

    private static object Error(string message) => new { error = message };

    private static async Task<JsonObject> BodyAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync();
        if (text.Length == 0) return [];
        return JsonNode.Parse(text) as JsonObject ?? throw new JsonException("The body must be a JSON object.");
    }
}

/// <param name="Method">GET, POST, PATCH or DELETE.</param>
/// <param name="Path">The segments below the root.</param>
/// <param name="Query">The query.</param>
/// <param name="Body">An empty object when there is none.</param>
internal sealed record ControlRequest(string Method, string[] Path, IQueryCollection Query, JsonObject Body)
{
    public T BodyAs<T>() => Body.Deserialize<T>(ControlJson.Options)!;
}
