using FlexCrew.Contract;
using FlexCrew.Sync;
using FlexCrew.Tests.Flex.CrewCalls;
using FlexCrew.Tests.Locking;
using FlexCrew.Tests.Sync.Fakes;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Sync;

/// <summary>A worker died after Flex had added a contact and before its technician was mapped.</summary>
public sealed class CrashedAddTests
{
    private readonly MemoryFlex flex = new();
    private readonly FakeHost host = new();
    private readonly MemoryDatabase database;

    public CrashedAddTests()
    {
        database = new MemoryDatabase(flex.Time) { Holder = null };
        flex.With("r1");
        database.Begin(Tech(1), "r1", TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task The_next_sync_maps_the_contact_that_is_there()
    {
        database.Assignments.Add(Assigned(1, sound: "SND-PA-T", resource: "r1"));

        Assert.Equal(1, (await SyncAsync()).Added);
        Assert.Equal([(Tech(1), "line-r1")], database.Rows.Select(row => (row.TechnicianId, row.LineItemId)));
        Assert.Single(flex.Lines);
    }

    /// <summary>Without pruning only what FlexCrew placed goes: it has to remember this one as its own.</summary>
    [Fact]
    public async Task And_takes_it_off_again_without_pruning_when_nobody_wants_it_any_more()
    {
        database.Assignments.Add(Assigned(1, sound: "SND-PA-T", resource: "r1"));
        await SyncAsync();
        database.Assignments.Clear();

        Assert.Equal(1, (await SyncAsync()).Removed);
        Assert.Empty(flex.Lines);
        Assert.Empty(database.Rows);
    }

    private Task<DepartmentSummary> SyncAsync() =>
        CrewCallSync.RunAsync(Runs.Sound(prune: false), new RealSteps(database, flex), new MemoryLeases(() => host.UtcNow), host);
}
