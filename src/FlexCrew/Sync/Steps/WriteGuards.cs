using FlexCrew.Database;
using FlexCrew.Flex;

namespace FlexCrew.Sync;

/// <summary>Makes the guards that each attempt of each write to Flex has to pass.</summary>
internal sealed class WriteGuards(IFences fences, ICrewReader reader, IAddJournal journal, TimeProvider time)
{
    /// <summary>A role rests on the fence alone.</summary>
    public IWriteGuard ForRole(RunContext run, CrewCallTarget target) => new FenceGuard(run, target.Fence, fences, time);

    /// <summary>A deletion rests on nobody being assigned who needs the contact.</summary>
    public DeletionGuard ForDeletion(RemoveInput input) => new(input, reader, time);

    /// <summary>An add rests on its intent.</summary>
    public AddGuard ForAdd(AddInput input) => new(input, journal, time);
}

/// <summary>
/// Refuses a write of a run that does not hold the fence, or is over its time; what the write rests on beside that is asked by those
/// who derive from it.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="time">The clock.</param>
internal abstract class WriteGuard(RunContext run, TimeProvider time) : IWriteGuard
{
    public async Task<WritePermission> AskAsync(IReadOnlyCollection<string> lineItemIds, CancellationToken cancellation)
    {
        if (time.GetUtcNow() >= run.Deadline)
            return new WritePermission(new Failure(FailureKind.DeadlineExceeded, "The sync reached its time limit"));
        try
        {
            return await AskTablesAsync(lineItemIds, cancellation);
        }
        catch (DatabaseException failed)
        {
            return new WritePermission(failed.ToFailure());
        }
    }

    /// <summary>Asks the tables. Throws <see cref="DatabaseException"/>.</summary>
    protected abstract Task<WritePermission> AskTablesAsync(IReadOnlyCollection<string> lineItemIds, CancellationToken cancellation);

    /// <summary>The write may go out if the run holds the fence.</summary>
    protected static WritePermission If(bool isHeld) => new(isHeld ? null : StepFailedException.LeaseLost().Failure);
}

/// <summary>Asks for the fence alone.</summary>
internal sealed class FenceGuard(RunContext run, FenceHold hold, IFences fences, TimeProvider time) : WriteGuard(run, time)
{
    protected override async Task<WritePermission> AskTablesAsync(
        IReadOnlyCollection<string> lineItemIds, CancellationToken cancellation) =>
        If(await fences.PassAsync(hold, cancellation));
}
