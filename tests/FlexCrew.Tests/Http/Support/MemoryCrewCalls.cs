using FlexCrew.Database;

namespace FlexCrew.Tests.Http.Support;

/// <summary>Which departments of which jobs have crew calls.</summary>
internal sealed class MemoryCrewCalls : ICrewCalls
{
    internal static readonly Guid Job = Guid.Parse("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa");
    internal static readonly Guid UnmappedJob = Guid.Parse("bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb");

    internal Dictionary<Guid, string[]> Mapped { get; } = new() { [Job] = ["lights", "sound"] };

    /// <summary>The technicians whom commands are about.</summary>
    internal static readonly PersonRow Technician = new(Guid.Parse("cccccccc-cccc-4ccc-8ccc-cccccccccccc"), "res-1", "Ana");

    internal static readonly PersonRow WithoutResource = new(Guid.Parse("dddddddd-dddd-4ddd-8ddd-dddddddddddd"), " ", "Ben");

    internal List<PersonRow> People { get; } = [Technician, WithoutResource];

    internal Exception? Failure { get; set; }

    public Task<IReadOnlyList<string>> DepartmentsAsync(Guid jobId, CancellationToken cancellation) => Failure is null
        ? Task.FromResult<IReadOnlyList<string>>(Mapped.GetValueOrDefault(jobId, []))
        : Task.FromException<IReadOnlyList<string>>(Failure);

    public Task<IReadOnlyList<PersonRow>> PeopleAsync(
        IReadOnlyCollection<Guid> technicianIds, IReadOnlyCollection<string> resourceIds, CancellationToken cancellation) =>
        Failure is null
            ? Task.FromResult<IReadOnlyList<PersonRow>>([.. People.Where(person => technicianIds.Contains(person.TechnicianId))])
            : Task.FromException<IReadOnlyList<PersonRow>>(Failure);
}
