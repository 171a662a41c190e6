using FlexCrew.Database;

namespace FlexCrew.Simulation.Planted;

internal sealed class SiblingLinesNotAsked(ICrewTable inner) : ICrewTable
{
    public Task<IReadOnlyList<CrewRow>> RowsAsync(Guid crewCallId, CancellationToken cancellation) => inner.RowsAsync(crewCallId, cancellation);

    public Task<IReadOnlyList<string>> SiblingLinesAsync(Guid crewCallId, string elementId, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    public Task<int> DeleteAsync(Guid crewCallId, IReadOnlyCollection<CrewRow> rows, CancellationToken cancellation) =>
        inner.DeleteAsync(crewCallId, rows, cancellation);
}
