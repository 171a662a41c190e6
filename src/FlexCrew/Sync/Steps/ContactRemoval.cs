using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Planning;

namespace FlexCrew.Sync;

/// <summary>Deletes contacts in Flex, then rows: never the row of a contact that Flex may still have.</summary>
internal sealed class ContactRemoval(ICrewCallClient flex, ICrewTable table, WriteGuards guards)
{
    public async Task<RemovedContacts> RunAsync(RemoveInput input, FlexScope scope, CancellationToken cancellation)
    {
        var guard = guards.ForDeletion(input);
        scope.Guard = guard;
        var lines = input.Contacts.Select(contact => contact.LineItemId).ToList();
        var outcome = lines.Count > 0
            ? await flex.DeleteContactsAsync(input.Target.ElementId, lines, scope, cancellation)
            : new DeleteContactsOutcome([], new Dictionary<string, Failure>(), []);

        var deleted = input.Contacts.Where(contact => outcome.Deleted.Contains(contact.LineItemId, FlexIds.Comparer)).ToList();
        var result = new RemovedContacts
        {
            Deleted = deleted,
            Failed = [.. outcome.Remaining.Select(left => new FailedRemoval(left.Key, left.Value))],
            Spared = [.. input.Contacts.Where(contact => outcome.Spared.Contains(contact.LineItemId, FlexIds.Comparer))],
        };
        // A row is deleted when every contact that it would go with is deleted. The row of a person whom a command takes off is deleted
        // also where a linked crew call needs the contact.
        var needed = result.Spared.Where(contact => contact.Reason == DeletionReason.TakenOff).ToList();
        var done = deleted.Concat(needed).ToList();
        if (done.Count + input.Rows.Count == 0) return result;

        try
        {
            // Somebody may have been assigned in the moment of the deletion: then one more sync follows, which brings them back.
            var wanted = await guard.WantedAsync(cancellation) ?? throw StepFailedException.LeaseLost();
            if (deleted.Exists(wanted.Wants)) scope.CountUnknown();

            var going = input.Rows.Where(deletion => !wanted.Wants(deletion)).ToList();
            var staying = input.Contacts.Except(done).SelectMany(contact => contact.Rows);
            IReadOnlyList<CrewRow> rows =
                [.. done.SelectMany(contact => contact.Rows).Except(staying), .. going.Select(deletion => deletion.Row)];
            IReadOnlyList<string> gone = [.. deleted.Select(contact => contact.ResourceId).OfType<string>()];
            if (!await table.DeleteAsync(new RowDeletions(input.Target.Fence, input.Target.CrewCallId, rows, gone), cancellation))
                throw StepFailedException.LeaseLost();
            return result with
            {
                Rows = [.. going, .. needed.SelectMany(contact => contact.Rows).Select(row => new RowDeletion(row, Leaves: true))],
            };
        }

        // The result still tells which contacts were deleted from Flex; the next sync finds their rows stale.
        catch (DatabaseException failed) when (deleted.Count > 0)
        {
            return result with { RowFailure = failed.ToFailure() };
        }
        catch (StepFailedException failed) when (deleted.Count > 0)
        {
            return result with { RowFailure = failed.Failure };
        }
    }
}
