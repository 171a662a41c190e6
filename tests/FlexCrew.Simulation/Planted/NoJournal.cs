using FlexCrew.Database;

namespace FlexCrew.Simulation.Planted;

internal sealed class NoJournal(IAddJournal inner) : IAddJournal
{
    public Task<IReadOnlyList<OpenIntent>> BeginAsync(
        Guid crewCallId, IReadOnlyCollection<Guid> technicianIds, string resourceId, string instanceId, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<OpenIntent>>([]);

    public Task CompleteAsync(Guid crewCallId, IReadOnlyCollection<Guid> technicianIds, string lineItemId, CancellationToken cancellation) =>
        inner.CompleteAsync(crewCallId, technicianIds, lineItemId, cancellation);

    public Task AbandonAsync(Guid crewCallId, IReadOnlyCollection<Guid> technicianIds, CancellationToken cancellation) => Task.CompletedTask;
}
