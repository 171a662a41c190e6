using FlexCrew.Database;
using FlexCrew.Flex;

namespace FlexCrew.Sync;

/// <summary>
/// Writes the intent of an add, or renews it, right before each attempt, by compare and set: the add is refused when an earlier attempt
/// that this step does not know of may have been applied, or when a technician has been mapped meanwhile.
/// </summary>
internal sealed class AddGuard(AddInput input, IAddJournal journal, TimeProvider time) : WriteGuard(input.Run, time)
{
    private static readonly Failure Met = new(
        FailureKind.NotWanted, "Flex was not asked: an earlier attempt to add the contact may have been applied");

    /// <summary>What is to be added.</summary>
    public AddInput Input => input;

    /// <summary>What this step knows of its technicians.</summary>
    public IReadOnlyList<AddedTechnician> Known { get; private set; } =
        [.. input.Technicians.Select(technician => new AddedTechnician(technician.TechnicianId, technician.LineItemId, null))];

    /// <summary>What it found instead, when it refused the add for that; else null.</summary>
    public BegunAdd? Conflict { get; private set; }

    /// <summary>Whether an earlier attempt, which this step did not make, had been begun.</summary>
    public bool FoundIntent { get; private set; }

    /// <summary>The line items that the table maps the technicians to.</summary>
    public IReadOnlySet<string> MappedLines =>
        Known.Select(technician => technician.LineItemId).OfType<string>().ToHashSet(FlexIds.Comparer);

    /// <summary>The add with what is known.</summary>
    public AddClaim Claim => new(input.Target.Fence, input.Target.CrewCallId, input.ResourceId, Known);

    /// <summary>Goes on with what was found.</summary>
    public void Accept(BegunAdd found)
    {
        Known = found.Technicians;
        FoundIntent |= Known.Any(technician => technician.StartedAt is not null);
        Conflict = null;
    }

    /// <summary>Goes on with what another writer has mapped.</summary>
    public void Accept(IReadOnlyList<AddedTechnician> mapped) =>
        Known = [.. Known.Select(known => mapped.FirstOrDefault(other => other.TechnicianId == known.TechnicianId) ?? known)];

    protected override async Task<WritePermission> AskTablesAsync(IReadOnlyCollection<string> lineItemIds, CancellationToken cancellation)
    {
        var begun = await journal.BeginAsync(Claim, cancellation);
        if (!begun.IsHeld) return If(isHeld: false);
        if (!begun.IsWritten)
        {
            Conflict = begun;
            return new WritePermission(Met);
        }

        Known = begun.Technicians;
        return default;
    }
}
