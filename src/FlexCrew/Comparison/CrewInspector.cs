using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Planning;

namespace FlexCrew.Comparison;

/// <summary>Shows the crew of a department in the three places. Reads Flex once, writes nothing and takes no lease.</summary>
public interface ICrewInspector
{
    /// <summary>The crew as it should be, as the table has it and as Flex has it. Throws <see cref="DatabaseException"/>.</summary>
    Task<CrewView> InspectAsync(Guid jobId, string department, string correlationId, CancellationToken cancellation);
}

/// <summary>The crew of a department in the three places.</summary>
/// <param name="CrewCall">The crew call; null when none is mapped.</param>
/// <param name="People">The people.</param>
/// <param name="Failure">Why Flex could not be read; null when it was, or was not asked.</param>
/// <param name="FlexRequests">Requests sent to Flex.</param>
public sealed record CrewView(CrewCallRow? CrewCall, IReadOnlyList<ComparedPerson> People, Failure? Failure, int FlexRequests)
{
    /// <summary>Whether another department or job is linked to the same crew call in Flex.</summary>
    public bool IsShared { get; init; }
}

/// <inheritdoc/>
internal sealed class CrewInspector(
    ICrewReader reader, ICrewCalls people, Func<ICrewCallClient> flex, BusinessRoles roles) : ICrewInspector
{
    public async Task<CrewView> InspectAsync(Guid jobId, string department, string correlationId, CancellationToken cancellation)
    {
        var reading = await reader.ReadAsync(new CrewQuery(jobId, department), cancellation);
        IReadOnlyList<AssignmentRow> assignments = [.. reading.Assignments.Where(row => row.JobId == jobId)];
        var crew = new CrewSnapshot(department, assignments, reading.Rows, null) { RoleIds = roles.Of(department) };
        if (reading.Call is not { } crewCall)
            return new CrewView(null, CrewComparison.Of(crew), null, 0);

        var scope = new FlexScope(correlationId);
        var mapped = reading.Rows.Select(row => row.LineItemId).OfType<string>().ToArray();
        var listed = await flex().ListContactsAsync(crewCall.ElementId, mapped, scope, cancellation);
        var resources = (listed.Value ?? []).Select(contact => contact.ResourceId).OfType<string>().ToArray();
        var compared = CrewComparison.Of(crew with
        {
            Contacts = listed.Value,
            LinkedLines = reading.Linked.Count > 0 ? reading.LinkedLineItemIds : null,
            People = await people.PeopleAsync([.. reading.Rows.Select(row => row.TechnicianId)], resources, cancellation),
        });
        return new CrewView(crewCall, compared, listed.Failure, scope.Requests) { IsShared = reading.Linked.Count > 0 };
    }
}
