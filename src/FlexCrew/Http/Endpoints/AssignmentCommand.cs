using System.Text.Json;
using FlexCrew.Http.Protocol;
using FlexCrew.Planning;

namespace FlexCrew.Http.Endpoints;

/// <summary>What the body of a request asks for.</summary>
/// <param name="JobId">The job.</param>
/// <param name="TechnicianId">The person.</param>
/// <param name="Department">The department; null when there is none of the name in the request.</param>
/// <param name="Action">What is to be done; null when the request says nothing that could be.</param>
internal sealed record AssignmentCommand(Guid JobId, Guid TechnicianId, string? Department, PersonAction? Action)
{
    /// <summary>The command, or what is wrong with the body.</summary>
    internal static (AssignmentCommand? Command, string? Error) Read(ReadOnlyMemory<byte> body) =>
        JsonBody.Read<AssignmentCommand>(body, Read);

    private static (AssignmentCommand?, string?) Read(JsonElement body)
    {
        var (job, jobError) = JsonBody.Uuid(body, "job_id");
        var (technician, technicianError) = JsonBody.Uuid(body, "technician_id");
        if (job is not { } jobId || technician is not { } technicianId)
            return (null, jobError ?? technicianError);
        if (JsonBody.IsMissing(body, "department", out var department))
            return (null, "Missing department");
        if (department.ValueKind != JsonValueKind.String)
            return (null, "department must be a string");
        var action = body.TryGetProperty("action", out var asked) && asked.ValueKind == JsonValueKind.String ? asked.GetString() : null;
        return (
            new AssignmentCommand(jobId, technicianId, KnownDepartments.Of(department.GetString()), action switch
            {
                "add" => PersonAction.Add,
                "remove" => PersonAction.Remove,
                _ => null,
            }),
            null);
    }
}
