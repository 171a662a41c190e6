using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Planning;

namespace FlexCrew.Sync;

/// <summary>Reads what a plan is made of, and makes it: for the steps of a run, and for a dry run.</summary>
internal sealed class CrewWorldReader(ICrewReader reader, ICrewCallClient flex, BusinessRoles roles)
{
    public Task<CrewReading> ReadAsync(CrewQuery query, CancellationToken cancellation) => reader.ReadAsync(query, cancellation);

    /// <summary>Lists the contacts of the crew call; throws <see cref="StepFailedException"/> when that fails.</summary>
    public async Task<IReadOnlyList<FlexContact>> ListAsync(CrewReading reading, FlexScope scope, CancellationToken cancellation)
    {
        var mapped = reading.Rows.Select(row => row.LineItemId).OfType<string>().Distinct(FlexIds.Comparer).ToList();
        var listed = await flex.ListContactsAsync(reading.Call!.ElementId, mapped, scope, cancellation);
        return listed.Value
            ?? throw new StepFailedException(listed.Failure! with { Message = $"Flex listing failed: {listed.Failure!.Message}" });
    }

    public CrewPlan PlanOf(CrewReading reading, Guid job, string department, IReadOnlyList<FlexContact> contacts, PlanOptions options) =>
        PlanOf(reading, CrewWorld.Of(reading, department, contacts, roles.Of(department), job), options);

    public CrewPlan PlanOfNewerRows(CrewReading reading, RereadInput input)
    {
        var world = CrewWorld.Of(reading, input.Run.Department, input.Contacts, roles.Of(input.Run.Department), input.Run.JobId);
        return PlanOf(reading, world with { RowsAreNewer = true }, input.Options);
    }

    private static CrewPlan PlanOf(CrewReading reading, CrewWorld world, PlanOptions options) =>
        CrewPlan.Of(world, ElementOwnership.Of(reading), options);
}
