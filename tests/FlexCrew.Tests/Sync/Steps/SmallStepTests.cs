using FlexCrew.Database;
using FlexCrew.Sync;
using FlexCrew.Tests.Flex.CrewCalls;
using FlexCrew.Tests.Sync.Fakes;
using Moq;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Sync.Steps;

/// <summary>Resolve, delete stale rows, business role.</summary>
public sealed class SmallStepTests
{
    private readonly MemoryFlex flex = new();
    private readonly MemoryTable table = new();

    [Fact]
    public async Task Without_a_crew_call_nothing_is_resolved()
    {
        var resolved = await ResolveAsync(null);

        Assert.Equal((null, null, false), (resolved.CrewCallId, resolved.ElementId, resolved.Shared));
        Assert.Empty(resolved.Desired);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_crew_call_is_resolved_with_its_crew_and_the_roles_of_its_department(bool shared)
    {
        var resolved = await ResolveAsync(new CrewCallRow(Tech(77), "element", shared), Assigned(1, sound: "SND-PA-T"), Assigned(2, lights: "LGT-T"));

        Assert.Equal((Tech(77), "element", shared), (resolved.CrewCallId, resolved.ElementId, resolved.Shared));
        Assert.Equal(Tech(1), Assert.Single(Assert.Single(resolved.Desired).Technicians).TechnicianId);
        Assert.Equal(["especialista", "responsable", "tecnico"], resolved.RoleIds.Keys.Order());
    }

    [Fact]
    public async Task Stale_rows_go_and_no_others()
    {
        table.Rows.AddRange([Row(1, "line-1"), Row(2, "line-2")]);

        var stale = await DeleteStaleAsync(Contact("line-2", "r2"));

        Assert.Equal([Tech(1)], stale.TechnicianIds);
        Assert.Equal([Tech(2)], table.Rows.Select(row => row.TechnicianId));
    }

    [Fact]
    public async Task Without_stale_rows_no_statement_is_sent()
    {
        table.Rows.Add(Row(2, "line-2"));

        Assert.Empty((await DeleteStaleAsync(Contact("line-2", "r2"))).TechnicianIds);
        Assert.Equal(0, table.Writes);
    }

    [Fact]
    public async Task A_role_is_set()
    {
        flex.With("r1");

        Assert.Equal("line-r1", (await SetRoleAsync()).LineItemId);
        Assert.Equal("role-t", flex.Lines.Single().BusinessRole);
    }

    [Theory]
    [InlineData(nameof(Fate.Refused), 1, false)]
    [InlineData(nameof(Fate.Unavailable), 1, true)]
    [InlineData(nameof(Fate.LostBeforeFlex), 9, true)]
    public async Task A_role_that_is_not_set_says_whether_another_try_helps(string fate, int times, bool retryable)
    {
        flex.With("r1");
        for (var time = 0; time < times; time++) flex.Fates.Enqueue(Enum.Parse<Fate>(fate));

        var failed = await Assert.ThrowsAsync<StepFailedException>(SetRoleAsync);

        Assert.Equal(retryable, failed.Failure.Retryable);
    }

    private static Task<ResolvedCrew> ResolveAsync(CrewCallRow? crewCall, params AssignmentRow[] assignments)
    {
        var crewCalls = new Mock<ICrewCalls>();
        crewCalls.Setup(calls => calls.FindAsync(Runs.Job, "sound", default)).ReturnsAsync(crewCall);
        crewCalls.Setup(calls => calls.AssignmentsAsync(Runs.Job, default)).ReturnsAsync(assignments);
        return new ResolveStep(crewCalls.Object, new BusinessRoles(new FlexCrewOptions())).RunAsync(new ResolveInput(Runs.Context), new("test"), default);
    }

    private Task<StaleRowsDeleted> DeleteStaleAsync(params FlexCrew.Flex.FlexContact[] contacts) => new DeleteStaleStep(table).RunAsync(
        new StaleInput(Runs.Context, Guid.Empty, [], contacts, [.. table.Rows]), flex.Scope, default);

    private Task<RoleSet> SetRoleAsync() => new RoleStep(flex.Client(TimeSpan.FromSeconds(0.5))).RunAsync(
        new RoleInput(Runs.Context, "element", "line-r1", Tech(1), "tecnico", "role-t"), flex.Scope, default);
}
