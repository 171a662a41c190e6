using FlexCrew.Database;
using FlexCrew.Simulation.Modelling;
using FlexCrew.Simulation.Planted;
using FlexCrew.Simulation.Scenarios;

namespace FlexCrew.Simulation.Running;

/// <summary>The statements of one step. A statement that is under way is carried out whatever becomes of the step.</summary>
internal sealed class DatabasePort(World world, StepExecution by) : ICrewCalls, ICrewTable, IAddJournal, ISyncLog
{
    private DatabaseModel Tables => world.Database;

    public Task<CrewCallRow?> FindAsync(Guid jobId, string department, CancellationToken cancellation) =>
        RunAsync("crew call", () =>
        {
            if (Tables.Find(new Key(jobId, department)) is not { } call) return null;
            var shared = Tables.SiblingsOf(call.Id, call.Element).Any();
            if (!by.IsLate) (by.Run.MayPrune, by.Run.Shares, by.Run.FoundAt) = (by.Run.Prunes && !shared, shared ? call.Element : null, world.Now);
            return new CrewCallRow(call.Id, call.Element, shared);
        });

    public Task<IReadOnlyList<string>> DepartmentsAsync(Guid jobId, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<IReadOnlyList<AssignmentRow>> AssignmentsAsync(Guid jobId, CancellationToken cancellation) =>
        RunAsync("assignments", () =>
        {
            if (!by.IsLate) by.Run.ResolvedAt = world.Now;
            return Tables.AssignmentsOf(jobId);
        });

    public Task<IReadOnlyList<PersonRow>> PeopleAsync(
        IReadOnlyCollection<Guid> technicianIds, IReadOnlyCollection<string> resourceIds, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<CrewRow>> RowsAsync(Guid crewCallId, CancellationToken cancellation) =>
        RunAsync("rows", () => Tables.RowsOf(crewCallId));

    public Task<IReadOnlyList<string>> SiblingLinesAsync(Guid crewCallId, string elementId, CancellationToken cancellation) =>
        RunAsync("siblings", () =>
        {
            by.SiblingsAt = world.Now;
            return Tables.SiblingLinesOf(crewCallId, elementId);
        });

    public Task<int> DeleteAsync(Guid crewCallId, IReadOnlyCollection<CrewRow> rows, CancellationToken cancellation) =>
        WriteAsync("delete rows", () =>
        {
            var gone = Tables.Delete(crewCallId, rows);
            foreach (var row in gone)
            {
                world.Judge.Losses.Deleted(by, row);
                world.Judge.Siblings.Deleted(by, row);
            }

            return gone.Count;
        });

    public Task<IReadOnlyList<OpenIntent>> BeginAsync(
        Guid crewCallId, IReadOnlyCollection<Guid> technicianIds, string resourceId, string instanceId, CancellationToken cancellation) =>
        WriteAsync("begin add", () => Tables.Begin(crewCallId, technicianIds, resourceId, world.Now));

    public Task CompleteAsync(Guid crewCallId, IReadOnlyCollection<Guid> technicianIds, string lineItemId, CancellationToken cancellation) =>
        WriteAsync("complete add", () =>
        {
            Tables.Clear(crewCallId, technicianIds);
            foreach (var technician in technicianIds)
            {
                if (world.Planted == PlantedBug.InsertInsteadOfUpsert) Tables.Insert(crewCallId, technician, lineItemId);
                else Tables.Upsert(crewCallId, technician, lineItemId);
                world.Judge.Duplicates.Mapped(crewCallId, technician);
                world.Judge.Foreigners.Mapped(crewCallId, lineItemId);
                world.Judge.Siblings.Mapped(crewCallId, lineItemId);
            }

            return lineItemId;
        });

    public Task AbandonAsync(Guid crewCallId, IReadOnlyCollection<Guid> technicianIds, CancellationToken cancellation) =>
        WriteAsync("abandon add", () =>
        {
            Tables.Clear(crewCallId, technicianIds);
            return crewCallId;
        });

    public Task WriteAsync(SyncLogRow row, CancellationToken cancellation) =>
        RunAsync("log", () => Tables.Log.TryAdd((row.InstanceId, row.Department), row));

    private Task<T> WriteAsync<T>(string what, Func<T> body) => RunAsync(what, body, writes: true);

    private Task<T> RunAsync<T>(string what, Func<T> body, bool writes = false)
    {
        var name = by.NextOperation(what);
        if (writes)
        {
            world.Judge.Writers.Sends(by, name);
            world.Judge.Siblings.Sends(by, name);
        }

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
                if (writes) world.Judge.Writers.Ended(by, name);
                world.Judge.Siblings.Ended(name);
                if (writes || error is not null) world.Note(by.Name, $"{what}: {error?.Message ?? "done"}");
                if (error is null) answer.TrySetResult(value!);
                else answer.TrySetException(error);
            });
        });
        return answer.Task;
    }
}
