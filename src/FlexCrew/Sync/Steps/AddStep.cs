using FlexCrew.Database;
using FlexCrew.Flex;

namespace FlexCrew.Sync;

/// <summary>
/// Adds with upsert. The intent is in the journal before Flex is asked; an intent that is open already means that an
/// earlier attempt may have been applied, or may still be under way: it is given the time that an attempt may take,
/// then Flex is listed before anything is sent.
/// </summary>
internal sealed class AddStep(ICrewCallClient flex, IAddJournal journal, FlexCrewOptions options, TimeProvider time)
    : ICrewSyncStep<AddInput, AddedContact>
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    public async Task<AddedContact> RunAsync(AddInput input, FlexScope scope, CancellationToken cancellation)
    {
        if (input.AdoptLineItemId is { } existing)
        {
            var begun = await journal.BeginAsync(input.CrewCallId, input.TechnicianIds, input.ResourceId, input.Run.InstanceId, cancellation);
            await journal.CompleteAsync(input.CrewCallId, input.TechnicianIds, existing, cancellation);
            return new AddedContact(existing, Ours: begun.Count > 0, BusinessRole: null);
        }

        var open = await journal.BeginAsync(input.CrewCallId, input.TechnicianIds, input.ResourceId, input.Run.InstanceId, cancellation);
        if (open.Count > 0 && options.FlexAttemptTimeout + Margin - open.Min(intent => intent.Age) is { Ticks: > 0 } stillUnderWay)
            await Task.Delay(stillUnderWay, time, cancellation);

        var outcome = await flex.AddContactAsync(input.ElementId, input.ResourceId, listFirst: open.Count > 0, scope, cancellation);
        if (outcome.Contact is { } contact)
        {
            await journal.CompleteAsync(input.CrewCallId, input.TechnicianIds, contact.LineItemId, cancellation);
            return new AddedContact(contact.LineItemId, Ours: outcome.Created || open.Count > 0, contact.BusinessRole);
        }

        if (outcome.Outcome is WriteOutcome.NotApplied refused)
        {
            if (open.Count == 0)
                await journal.AbandonAsync(input.CrewCallId, input.TechnicianIds, cancellation);
            throw new StepFailedException(refused.Failure);
        }

        var unknown = ((WriteOutcome.Unknown)outcome.Outcome).Failure;
        throw new StepFailedException(unknown with { Retryable = true, Message = $"{unknown.Message}; whether Flex did it is not known yet" });
    }
}
