using System.Text.Json.Serialization;
using FlexCrew.Contract;
using FlexCrew.Http.Protocol;

namespace FlexCrew.Http.Endpoints;

/// <summary>The status of a run, in the shape of Durable's status query. Its keys are always all there.</summary>
internal sealed record StatusBody
{
    [JsonPropertyName("name")] public required string Name { get; init; }

    [JsonPropertyName("instanceId")] public required string InstanceId { get; init; }

    [JsonPropertyName("runtimeStatus")] public required string RuntimeStatus { get; init; }

    [JsonPropertyName("customStatus"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyDictionary<string, SyncProgress>? CustomStatus { get; init; }

    [JsonPropertyName("output"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public SyncJobResult? Output { get; init; }

    [JsonPropertyName("createdTime")] public required string CreatedTime { get; init; }

    [JsonPropertyName("lastUpdatedTime")] public required string LastUpdatedTime { get; init; }

    internal static StatusBody Of(SyncRun run) => new()
    {
        Name = run.Name,
        InstanceId = run.InstanceId,
        RuntimeStatus = run.RuntimeStatus,
        CustomStatus = run.CustomStatus,
        Output = run.Output,
        CreatedTime = Timestamp.Of(run.CreatedTime),
        LastUpdatedTime = Timestamp.Of(run.LastUpdatedTime),
    };
}
