using System.Text.Json.Serialization;

namespace FlexCrew.Planning;

/// <summary>
/// Places one person on a crew call or takes them off it, whoever is assigned: what <c>manage-flex-crew-assignments</c> is asked for.
/// A run with a command touches that person and nobody else.
/// </summary>
/// <param name="TechnicianId">The person.</param>
/// <param name="Action">What is to be done.</param>
public sealed record PersonCommand(Guid TechnicianId, PersonAction Action);

/// <summary>What a command does.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PersonAction>))]
public enum PersonAction
{
    /// <summary>The person's contact is adopted or added, and mapped.</summary>
    Add,

    /// <summary>The person's contact and row go, although the assignment may still stand.</summary>
    Remove,
}
