using System.Text.Json.Serialization;
using FlexCrew.Database;
using FlexCrew.Http.Protocol;
using FlexCrew.Locking;
using Microsoft.AspNetCore.Http;

namespace FlexCrew.Http;

/// <summary><c>GET console/leases</c>: the leases and the fences that are held, the oldest first.</summary>
/// <param name="reads">What the console's reads have in common.</param>
/// <param name="leases">The leases of the host.</param>
/// <param name="fences">The fences, which all hosts share.</param>
/// <param name="jobs">Tells the titles of the jobs.</param>
/// <param name="time">The clock.</param>
public sealed class LeasesEndpoint(ConsoleReads reads, ILeaseList leases, IFenceList fences, IJobList jobs, TimeProvider time)
{
    /// <summary>Answers a request of any method. Never throws.</summary>
    public Task<Reply> HandleAsync(HttpContext context) => reads.AnswerAsync(context, async (_, _, cancellation) =>
    {
        var bodies = new List<LeaseBody>();
        foreach (var lease in await leases.HeldAsync(cancellation))
        {
            var title = (await jobs.JobAsync(lease.Key.JobId, cancellation))?.Title;
            bodies.Add(new LeaseBody(lease.Key.JobId, title, lease.Key.Department, lease.Holder)
            {
                Token = lease.Token,
                AcquiredAt = Timestamp.Of(lease.AcquiredAt),
                HeldForMs = Math.Max(0, (long)(time.GetUtcNow() - lease.AcquiredAt).TotalMilliseconds),
            });
        }
        var held = await fences.HeldAsync(cancellation);
        return Replies.Json(200, new { ok = true, leases = bodies, fences = FenceBody.Of(held, time.GetUtcNow()) });
    });

    /// <summary>A lease that is held.</summary>
    private sealed record LeaseBody(
        [property: JsonPropertyName("job_id")] Guid JobId,
        [property: JsonPropertyName("job_title")] string? JobTitle,
        [property: JsonPropertyName("department")] string Department,
        [property: JsonPropertyName("holder")] string Holder)
    {
        [JsonPropertyName("token")] public required long Token { get; init; }

        [JsonPropertyName("acquired_at")] public required string AcquiredAt { get; init; }

        [JsonPropertyName("held_for_ms")] public required long HeldForMs { get; init; }
    }
}
