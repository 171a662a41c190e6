using System.Text.Json.Serialization;
using FlexCrew.Comparison;
using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Http.Endpoints;
using FlexCrew.Http.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace FlexCrew.Http;

/// <summary><c>GET console/jobs/{job}/crew?department=</c>: the crew as it should be, as the table has it, as Flex has it.</summary>
/// <param name="reads">What the console's reads have in common.</param>
/// <param name="jobs">Tells whether there is such a job.</param>
/// <param name="inspector">Compares.</param>
/// <param name="configuration">Tells whether there is a Flex token.</param>
/// <param name="time">The clock.</param>
public sealed class CrewEndpoint(
    ConsoleReads reads, IJobList jobs, Func<ICrewInspector> inspector, IConfiguration configuration, TimeProvider time)
{
    /// <summary>Answers a request of any method. Never throws. Where Flex cannot be read, the answer says why and shows the rest.</summary>
    /// <param name="context">The request.</param>
    /// <param name="job">The job from the route, as the caller sent it.</param>
    public Task<Reply> HandleAsync(HttpContext context, string job) => reads.AnswerAsync(context, async (_, scope, cancellation) =>
    {
        if (Uuid.Parse(job) is not { } jobId)
            return Replies.Error(400, Replies.NoUuid("job_id"));
        var query = new ConsoleQuery(context.Request.Query);
        var department = query.Department("department");
        if (query.Error is not null || department is null)
            return Replies.Error(400, query.Error ?? "Missing department");
        if (!FlexCredentials.HasToken(configuration))
            return Replies.Json(500, new { error = FlexTokenSetting.NotConfigured });

        scope.JobId = jobId;
        if (await jobs.JobAsync(jobId, cancellation) is null)
            return Replies.NotFound;
        var crew = await inspector().InspectAsync(jobId, department, scope.CorrelationId, cancellation);
        return Replies.Json(200, new CrewBody
        {
            JobId = jobId,
            Department = department,
            ElementId = crew.CrewCall?.ElementId,
            Shared = crew.IsShared,
            People = crew.People,
            Error = crew.Failure is { } failure ? $"Flex listing failed: {failure.Message}" : null,
            FlexRequests = crew.FlexRequests,
            ReadAt = Timestamp.Of(time.GetUtcNow()),
        });
    });

    private sealed record CrewBody
    {
        [JsonPropertyName("ok")] public bool Ok { get; } = true;

        [JsonPropertyName("job_id")] public required Guid JobId { get; init; }

        [JsonPropertyName("department")] public required string Department { get; init; }

        [JsonPropertyName("flex_element_id")] public string? ElementId { get; init; }

        [JsonPropertyName("shared")] public required bool Shared { get; init; }

        [JsonPropertyName("people")] public required IReadOnlyList<ComparedPerson> People { get; init; }

        [JsonPropertyName("error")] public string? Error { get; init; }

        [JsonPropertyName("flex_requests")] public required int FlexRequests { get; init; }

        [JsonPropertyName("read_at")] public required string ReadAt { get; init; }
    }
}
