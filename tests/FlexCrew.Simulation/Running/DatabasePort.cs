using FlexCrew.Database;
using FlexCrew.Simulation.Modelling;
using FlexCrew.Simulation.Planted;
using FlexCrew.Simulation.Scenarios;
using FlexCrew.Sync;

namespace FlexCrew.Simulation.Running;

/// <summary>The statements of one step. A statement that is under way is carried out whatever becomes of the step.</summary>
internal sealed class DatabasePort(World world, StepExecution by) : ICrewReader, ICrewTable, IFences, IAddJournal, ISyncLog, IActivityLog
{
    private DatabaseModel Tables => world.Database;

    private bool IsFenceOff => world.Planted is PlantedBug.NoFence or PlantedBug.NoLeaseAndNoFence;

    public Task<CrewReading> ReadAsync(CrewQuery query, CancellationToken cancellation) =>
        RunAsync(query.Holder is null ? "read" : "claim", () =>
        {
            if (Tables.Find(new Key(query.JobId, query.Department)) is not { } call) return new CrewReading();
            var rowsBefore = Tables.RowsOf(call.Id);
            if (query.Holder is { } holder)
            {
                var quietFor = world.Planted == PlantedBug.FenceIsHeldForEver ? TimeSpan.FromDays(1) : query.QuietFor;
                Tables.Fences.Claim(call.Element, holder, quietFor, world.Now);
            }

            var reading = Tables.Read(call, query.TechnicianId);
            if (IsFenceOff) reading = reading with { Fence = new FenceAnswer(query.Holder, 1, false) };
            if (world.Planted == PlantedBug.LinkedCrewCallsNotAsked) reading =
                reading with { LinkedLineItemIds = [], Linked = [.. reading.Linked.Select(call => call with { JobId = Guid.Empty })] };
            if (world.Planted == PlantedBug.EachChoosesItsOwn)
                reading = reading with { Linked = [] };
            if (reading.Fence!.Holder == by.Run.Holder && !by.IsLate)
            {
                by.Run.Found(call.Element, reading.Linked.Count > 0, world.Now);
                if (query.Holder is not null)
                {
                    by.Run.RowsAtFirst = rowsBefore;
                    by.Run.FoundPerson(reading.Person?.FlexResourceId, rowsBefore.Where(row => row.TechnicianId == query.TechnicianId));
                }
            }

            return world.Planted == PlantedBug.StaleRowsNotReread && query.Holder is null && by.Step == SyncSteps.Reread.Name
                ? reading with { Rows = by.Run.RowsAtFirst }
                : reading;
        });

    public Task<DesiredReading> DesiredAsync(FenceHold fence, Guid crewCallId, bool passes, CancellationToken cancellation) =>
        RunAsync("desired", () =>
        {
            by.GuardedAt = world.Now;
            var reading = Tables.Desired(passes ? Passes(fence) : IsHeld(fence), fence.Element, crewCallId);
            return world.Planted switch
            {
                PlantedBug.NoSecondLook => reading with { Assignments = [] },
                PlantedBug.NoSecondLookAtRows => reading with { Mapped = [] },
                PlantedBug.LinkedCrewCallsNotAsked =>
                    reading with { CrewCalls = [.. reading.CrewCalls.Where(call => call.Id == crewCallId)] },
                _ => reading,
            };
        });

    public Task<bool> PassAsync(FenceHold hold, CancellationToken cancellation) => RunAsync("fence", () => Passes(hold));

    public Task<FreedFence?> FreeAsync(string element, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<FreedFence?> FreeHeldByAsync(string holder, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<bool> DeleteAsync(RowDeletions deletions, CancellationToken cancellation) =>
        RunAsync("delete rows", () =>
        {
            if (!IsHeldForRows(deletions.Fence, deletions.CrewCallId)) return false;
            world.Judge.Writers.Wrote(by, deletions.Fence.Element);
            foreach (var row in Tables.Delete(deletions))
                world.Judge.Losses.Deleted(by, row);
            return true;
        });

    public Task<BegunAdd> BeginAsync(AddClaim add, CancellationToken cancellation) =>
        RunAsync("begin add", () =>
        {
            by.GuardedAt = world.Now;
            if (!IsHeldForRows(add.Fence, add.CrewCallId)) return new BegunAdd(false, false, add.Technicians, TimeSpan.Zero);
            if (world.Planted == PlantedBug.NoJournal && Passes(add.Fence)) return new BegunAdd(true, true, add.Technicians, TimeSpan.Zero);
            world.Judge.Writers.Wrote(by, add.Fence.Element);
            var begun = Tables.Begin(add, world.Now, compares: world.Planted != PlantedBug.IntentWithoutCompare);
            if (begun.IsWritten) Tables.Fences.Pass(add.Fence);
            return begun;
        });

    public Task<CompletedAdd> CompleteAsync(AddClaim add, string lineItemId, bool placed, CancellationToken cancellation) =>
        RunAsync("complete add", () =>
        {
            if (by.Misled || by.Run.Misled || (add.Technicians.Any(known => known.StartedAt is not null) && SawOnlyOneOf(add)))
                world.Judge.Foreigners.TakenForOurs(lineItemId);
            if (IsHeld(add.Fence)) Tables.Remember(add, lineItemId, placed);
            if (!IsHeldForRows(add.Fence, add.CrewCallId)) return new CompletedAdd(false, []);
            world.Judge.Writers.Wrote(by, add.Fence.Element);
            var elsewhere = Tables.Complete(add, lineItemId);
            foreach (var technician in add.Technicians)
            {
                world.Judge.Duplicates.Mapped(add.CrewCallId, technician.TechnicianId);
                world.Judge.Foreigners.Mapped(add.CrewCallId, lineItemId);
            }

            return new CompletedAdd(true, elsewhere);
        });

    public Task AbandonAsync(AddClaim add, CancellationToken cancellation) =>
        RunAsync("abandon add", () =>
        {
            if (IsHeld(add.Fence)) Tables.Abandon(add);
            return add;
        });

    public Task WriteAsync(SyncLogRow row, FenceReturn? fence, CancellationToken cancellation) =>
        RunAsync("log", () =>
        {
            Tables.Write(row, fence, world.Now);
            return row;
        });

    public Task WriteAsync(CrewActivity activity, CancellationToken cancellation) => RunAsync("activity", () => activity);

    private bool SawOnlyOneOf(AddClaim add) =>
        world.Flex.EverOf(add.Fence.Element).Count(line => line.Resource == add.ResourceId && line.Since <= by.ListedAt) == 1;

    private bool Passes(FenceHold hold)
    {
        if (!IsHeld(hold)) return false;
        Tables.Fences.Pass(hold);
        return true;
    }

    private bool IsHeldForRows(FenceHold hold, Guid crewCall) => IsHeld(hold) && (IsFenceOff || Tables.IsLinked(crewCall, hold.Element));

    private bool IsHeld(FenceHold hold) => Tables.Fences.IsHeld(hold, world.Now) || IsFenceOff;

    private Task<T> RunAsync<T>(string what, Func<T> body)
    {
        var name = by.NextOperation(what);
        var fate = world.Faults.OfQuery(name);
        var answer = new TaskCompletionSource<T>();
        world.Scheduler.After(world.Latency(name, 0.01, 1.5), () =>
        {
            var error = fate == QueryFate.Done ? null : new DatabaseException(what, "connection lost", isTransient: true);
            T? value = default;
            try
            {
                if (fate != QueryFate.ErrorBefore) value = body();
            }
            catch (DatabaseException refused)
            {
                error = refused;
            }

            world.Scheduler.After(world.Latency(name + "<", 0.01, 1.5), () =>
            {
                world.Note(by.Name, $"{what}: {error?.Message ?? "done"}");
                if (error is null) answer.TrySetResult(value!);
                else answer.TrySetException(error);
            });
        });
        return answer.Task;
    }
}
