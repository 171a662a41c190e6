using FlexCrew.Database;
using FlexCrew.Flex;

namespace FlexCrew.Sync;

/// <summary>
/// Adds with upsert. The guard writes the intent right before Flex is asked. When it finds that an earlier attempt was begun, by a worker
/// that died or by a second delivery of this step, that attempt is given the time that it may take, and Flex is listed before anything is
/// sent.
/// </summary>
internal sealed class AddStep(ICrewCallClient flex, IAddJournal journal, WriteGuards guards, FlexCrewOptions options, TimeProvider time)
    : ICrewSyncStep<AddInput, AddedContact>
{
    private const int MostConflicts = 4;

    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    public async Task<AddedContact> RunAsync(AddInput input, FlexScope scope, CancellationToken cancellation)
    {
        var guard = guards.ForAdd(input);
        scope.Guard = guard;
        if (input.Existing is { } existing)
            return await MapAsync(guard, new FlexContact(existing.LineItemId, input.ResourceId), added: null, scope, cancellation);

        for (var conflicts = 0; ; conflicts++)
        {
            var added = new ContactToAdd(input.Target.ElementId, input.ResourceId, ListFirst: conflicts > 0, guard.MappedLines);
            var outcome = await flex.AddContactAsync(added, scope, cancellation);
            if (outcome.Contact is { } contact)
                return await MapAsync(guard, contact, outcome, scope, cancellation);

            if (guard.Conflict is { } found && conflicts < MostConflicts)
            {
                if (found.Technicians.Any(technician => technician.StartedAt is not null)
                    && options.FlexAttemptTimeout + Margin - found.Age is { Ticks: > 0 } stillUnderWay)
                    await Task.Delay(stillUnderWay, time, cancellation);
                guard.Accept(found);
                continue;
            }

            if (outcome.Outcome is WriteOutcome.NotApplied refused)
            {
                if (!guard.FoundIntent && refused.Failure.Kind is not (FailureKind.LeaseLost or FailureKind.Database))
                    await journal.AbandonAsync(guard.Claim, cancellation);
                throw new StepFailedException(refused.Failure);
            }

            var unknown = ((WriteOutcome.Unknown)outcome.Outcome).Failure;
            throw new StepFailedException(
                unknown with { Retryable = true, Message = $"{unknown.Message}; whether Flex did it is not known yet" });
        }
    }

    private async Task<AddedContact> MapAsync(
        AddGuard guard, FlexContact contact, AddContactOutcome? added, FlexScope scope, CancellationToken cancellation)
    {
        var input = guard.Input;
        var isNew = added is { Created: true, IsOnly: true };
        var isOurs = isNew || (guard.FoundIntent && added is not { IsOnly: false }) || guard.MappedLines.Contains(contact.LineItemId);
        var isPlaced = isOurs || input.Existing is { IsPlaced: true };
        var completed = await journal.CompleteAsync(guard.Claim, contact.LineItemId, isPlaced, cancellation);
        if (!completed.IsHeld) throw StepFailedException.LeaseLost();
        if (completed.MappedElsewhere.Count == 0) return new AddedContact(contact.LineItemId, isOurs, contact.BusinessRole);

        // A program that knows no fence has mapped a technician in the meantime. One more sync a minute later looks for more of that.
        scope.CountUnknown();
        var read = await flex.ListContactsAsync(
            input.Target.ElementId, [.. completed.MappedElsewhere.Select(technician => technician.LineItemId).OfType<string>()], scope,
            cancellation);
        if (read.Value is not { } contacts)
            throw new StepFailedException(read.Failure!);
        var theirs = contacts.FirstOrDefault(listed => FlexIds.Same(listed.ResourceId, input.ResourceId)
            && completed.MappedElsewhere.Any(technician => FlexIds.Same(technician.LineItemId, listed.LineItemId)));
        guard.Accept(completed.MappedElsewhere);
        if (theirs is null)
            return await MapAgainAsync();

        // Both contacts are in Flex. The mapped one stays and counts as placed by FlexCrew; the one that this step added goes.
        if (isNew)
        {
            scope.Guard = guards.ForRole(input.Run, input.Target);
            await flex.DeleteContactsAsync(input.Target.ElementId, [contact.LineItemId], scope, cancellation);
        }

        var agreed = await journal.CompleteAsync(guard.Claim, theirs.LineItemId, placed: true, cancellation);
        return agreed.IsHeld ? new AddedContact(theirs.LineItemId, false, theirs.BusinessRole) : throw StepFailedException.LeaseLost();

        async Task<AddedContact> MapAgainAsync()
        {
            var again = await journal.CompleteAsync(guard.Claim, contact.LineItemId, isOurs, cancellation);
            if (!again.IsHeld) throw StepFailedException.LeaseLost();
            return again.MappedElsewhere.Count == 0
                ? new AddedContact(contact.LineItemId, isOurs, contact.BusinessRole)
                : throw new StepFailedException(
                    new Failure(FailureKind.NotWanted, "Another writer keeps mapping the technician", Retryable: true));
        }
    }
}
