using FlexCrew.Database;

namespace FlexCrew.Tests.Http.Support;

/// <summary>Which departments of which jobs have crew calls.</summary>
internal sealed class MemoryCrewCalls : ICrewCalls
{
    internal static readonly Guid Job = Guid.Parse("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa");
    internal static readonly Guid UnmappedJob = Guid.Parse("bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb");

    internal Dictionary<Guid, string[]> Mapped { get; } = new() { [Job] = ["lights", "sound"] };

    internal Exception? Failure { get; set; }

    public Task<IReadOnlyList<string>> DepartmentsAsync(Guid jobId, CancellationToken cancellation) => Failure is null
        ? Task.FromResult<IReadOnlyList<string>>(Mapped.GetValueOrDefault(jobId, []))
        : Task.FromException<IReadOnlyList<string>>(Failure);

    public Task<IReadOnlyList<PersonRow>> PeopleAsync(
        IReadOnlyCollection<Guid> technicianIds, IReadOnlyCollection<string> resourceIds, CancellationToken cancellation) =>
        throw new NotSupportedException();
}
