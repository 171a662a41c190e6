using FlexCrew.Database;
using FlexCrew.Flex;

namespace FlexCrew.Sync;

/// <summary>
/// Adds with upsert. The intent is in the journal before Flex is asked; an intent that is open already means that an
/// earlier attempt may have been applied, or may still be under way: it is given the time that an attempt may take,
/// then Flex is listed before anything is sent. An add that had to wait for its turn renews its intent before it is sent,
/// so that the intent's age is that of the request. Flex is listed too when a technician is mapped already: this step may
/// have ended before without its end having been seen, and closed its intent.
/// </summary>
internal sealed class AddStep(ICrewCallClient flex, IAddJournal journal, ICrewTable table, FlexCrewOptions options, TimeProvider time)
    : ICrewSyncStep<AddInput, AddedContact>
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    /// <summary>An intent may be older than its request by less than the margin.</summary>
    private static readonly TimeSpan RenewAfter = Margin / 2;

    public async Task<AddedContact> RunAsync(AddInput input, FlexScope scope, CancellationToken cancellation)
    {
        if (input.AdoptLineItemId is { } existing)
        {
            await journal.CompleteAsync(input.CrewCallId, input.TechnicianIds, existing, cancellation);
            return new AddedContact(existing, Ours: false, BusinessRole: null);
        }

        var open = await BeginAsync(input, cancellation);
        var begun = time.GetTimestamp();
        scope.BeforeAdd = async attempt =>
        {
            if (time.GetElapsedTime(begun) < RenewAfter) return;
            await BeginAsync(input, attempt);
            begun = time.GetTimestamp();
        };
        if (open.Count > 0 && options.FlexAttemptTimeout + Margin - open.Min(intent => intent.Age) is { Ticks: > 0 } stillUnderWay)
            await Task.Delay(stillUnderWay, time, cancellation);

        var mapped = await MappedAsync(input, cancellation);
        var outcome = await flex.AddContactAsync(
            input.ElementId, input.ResourceId, listFirst: open.Count > 0 || mapped.Count > 0, mapped, scope, cancellation);
        if (outcome.Contact is { } contact)
        {
            await journal.CompleteAsync(input.CrewCallId, input.TechnicianIds, contact.LineItemId, cancellation);
            return new AddedContact(contact.LineItemId, outcome.Created || mapped.Contains(contact.LineItemId), contact.BusinessRole);
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

    private Task<IReadOnlyList<OpenIntent>> BeginAsync(AddInput input, CancellationToken cancellation) =>
        journal.BeginAsync(input.CrewCallId, input.TechnicianIds, input.ResourceId, input.Run.InstanceId, cancellation);

    private async Task<IReadOnlySet<string>> MappedAsync(AddInput input, CancellationToken cancellation) =>
        (await table.RowsAsync(input.CrewCallId, cancellation))
            .Where(row => input.TechnicianIds.Contains(row.TechnicianId))
            .Select(row => row.LineItemId)
            .OfType<string>()
            .ToHashSet(FlexIds.Comparer);
}
