using System.Text.Json.Serialization;
using FlexCrew.Database;
using FlexCrew.Http.Protocol;
using FlexCrew.Locking;

namespace FlexCrew.Http.Endpoints;

/// <summary>What a lease held before it was freed.</summary>
internal sealed record LeaseReleaseBody
{
    [JsonPropertyName("ok")] public bool Ok { get; } = true;

    [JsonPropertyName("released")] public required bool Released { get; init; }

    [JsonPropertyName("lease"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public HeldLease? Lease { get; init; }

    internal static LeaseReleaseBody Of(LeaseState held) => new()
    {
        Released = held.Holder is not null,
        Lease = held.Holder is { } holder ? new HeldLease(holder, held.AcquiredAt is { } at ? Timestamp.Of(at) : null, held.Token) : null,
    };

    internal static LeaseReleaseBody Of(FreedFence? freed) => new()
    {
        Released = freed is not null,
        Lease = freed is null ? null : new HeldLease(freed.Holder, Timestamp.Of(freed.ClaimedAt), freed.Token),
    };

    internal sealed record HeldLease(
        [property: JsonPropertyName("holder")] string Holder,
        [property: JsonPropertyName("acquired_at")] string? AcquiredAt,
        [property: JsonPropertyName("token")] long Token);
}
