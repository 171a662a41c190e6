using FlexCrew.Database;
using FlexCrew.Flex;

namespace FlexCrew.Sync;

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
public sealed record CrewView(CrewCallRow? CrewCall, IReadOnlyList<ComparedPerson> People, Failure? Failure, int FlexRequests);

/// <inheritdoc/>
internal sealed class CrewInspector(
    ICrewCalls crewCalls, ICrewTable table, Func<ICrewCallClient> flex, BusinessRoles roles) : ICrewInspector
{
    public async Task<CrewView> InspectAsync(Guid jobId, string department, string correlationId, CancellationToken cancellation)
    {
        var crewCall = await crewCalls.FindAsync(jobId, department, cancellation);
        var assignments = await crewCalls.AssignmentsAsync(jobId, cancellation);
        var rows = crewCall is null ? [] : await table.RowsAsync(crewCall.Id, cancellation);
        var crew = new CrewSnapshot(department, assignments, rows, null) { RoleIds = roles.Of(department) };
        if (crewCall is null)
            return new CrewView(null, CrewComparison.Of(crew), null, 0);

        var scope = new FlexScope(correlationId);
        var mapped = rows.Select(row => row.LineItemId).OfType<string>().ToArray();
        var listed = await flex().ListContactsAsync(crewCall.ElementId, mapped, scope, cancellation);
        var resources = (listed.Value ?? []).Select(contact => contact.ResourceId).OfType<string>().ToArray();
        var people = CrewComparison.Of(crew with
        {
            Contacts = listed.Value,
            SiblingLines = crewCall.IsShared ? await table.SiblingLinesAsync(crewCall.Id, crewCall.ElementId, cancellation) : null,
            People = await crewCalls.PeopleAsync([.. rows.Select(row => row.TechnicianId)], resources, cancellation),
        });
        return new CrewView(crewCall, people, listed.Failure, scope.Requests);
    }
}
