using System.Text.Json.Serialization;
using FlexCrew.Database;
using FlexCrew.Http.Protocol;
using FlexCrew.Security;
using Microsoft.AspNetCore.Http;

namespace FlexCrew.Http;

/// <summary><c>GET console/session</c>: who is signed in and what they may.</summary>
/// <param name="reads">What the console's reads have in common.</param>
/// <param name="crewCalls">Tells the caller's name.</param>
public sealed class SessionEndpoint(ConsoleReads reads, ICrewCalls crewCalls)
{
    /// <summary>Answers a request of any method. Never throws.</summary>
    public Task<Reply> HandleAsync(HttpContext context) => reads.AnswerAsync(context, async (caller, _, cancellation) =>
    {
        var people = await crewCalls.PeopleAsync([caller.UserId], [], cancellation);
        return Replies.Json(200, new SessionBody
        {
            UserId = caller.UserId,
            Name = people.FirstOrDefault(person => person.TechnicianId == caller.UserId)?.Name,
            Role = caller.Role,
            MayReleaseLeases = caller.Role == Caller.Admin,
        });
    });

    private sealed record SessionBody
    {
        [JsonPropertyName("ok")] public bool Ok { get; } = true;

        [JsonPropertyName("user_id")] public required Guid UserId { get; init; }

        [JsonPropertyName("name")] public string? Name { get; init; }

        [JsonPropertyName("role")] public required string Role { get; init; }

        [JsonPropertyName("may_release_leases")] public required bool MayReleaseLeases { get; init; }
    }
}
