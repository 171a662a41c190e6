using System.Collections;

namespace FlexCrew.Http.Protocol;

/// <summary>What every log line of a request carries. The job joins it once it is known.</summary>
internal sealed class RequestScope(string correlationId) : IEnumerable<KeyValuePair<string, object?>>
{
    internal string CorrelationId { get; } = correlationId;

    internal Guid? JobId { get; set; }

    internal string? InstanceId { get; set; }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        yield return new(nameof(CorrelationId), CorrelationId);
        if (JobId is { } jobId)
            yield return new(nameof(JobId), jobId);
        if (InstanceId is { } instanceId)
            yield return new(nameof(InstanceId), instanceId);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join(' ', this.Select(pair => $"{pair.Key}:{pair.Value}"));
}
