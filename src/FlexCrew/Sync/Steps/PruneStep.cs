using FlexCrew.Database;
using FlexCrew.Flex;

namespace FlexCrew.Sync;

internal sealed class PruneStep(ICrewCallClient flex, ICrewTable table) : ICrewSyncStep<PruneInput, PrunedCrew>
{
    public async Task<PrunedCrew> RunAsync(PruneInput input, FlexScope scope, CancellationToken cancellation)
    {
        var rows = await table.RowsAsync(input.CrewCallId, cancellation);
        var mapped = rows.Select(row => row.LineItemId).OfType<string>().Distinct(FlexIds.Comparer).ToList();
        var listed = await flex.ListContactsAsync(input.ElementId, mapped, scope, cancellation);
        if (listed.Failure is { } unlisted)
            throw new StepFailedException(unlisted with { Message = $"Flex listing failed: {unlisted.Message}" });
        var contacts = listed.Value!.DistinctBy(contact => contact.LineItemId, FlexIds.Comparer).ToList();

        // As late as can be: a sibling may have come to rely on a contact meanwhile.
        var siblingLines = input.Shared ? await table.SiblingLinesAsync(input.CrewCallId, input.ElementId, cancellation) : null;
        var plan = PrunePlan.Of(input.Desired, contacts, rows, input.PruneOrphans, siblingLines);
        if (plan.Count == 0) return new PrunedCrew(contacts, contacts.Count, 0, [], [], rows);

        var outcome = await flex.DeleteContactsAsync(
            input.ElementId, [.. plan.Select(planned => planned.Contact.LineItemId)], scope, cancellation);
        var gone = outcome.Deleted.ToHashSet(FlexIds.Comparer);
        var goneRows = rows.Where(row => row.LineItemId is not null && gone.Contains(row.LineItemId)).ToList();
        if (goneRows.Count > 0)
            await table.DeleteAsync(input.CrewCallId, goneRows, cancellation);

        return new PrunedCrew(
            [.. contacts.Where(contact => !gone.Contains(contact.LineItemId))],
            contacts.Count,
            plan.Count,
            [.. plan.Where(planned => gone.Contains(planned.Contact.LineItemId)).Select(planned => new RemovedContact(
                planned.Contact.LineItemId,
                planned.Contact.ResourceId,
                [.. goneRows.Where(row => FlexIds.Same(row.LineItemId, planned.Contact.LineItemId)).Select(row => row.TechnicianId)]))],
            [.. outcome.Remaining.Select(left => new FailedRemoval(left.Key, left.Value))],
            [.. rows.Except(goneRows)]);
    }
}
