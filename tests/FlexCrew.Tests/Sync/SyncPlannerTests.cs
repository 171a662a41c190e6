using FlexCrew.Contract;
using FlexCrew.Database;
using FlexCrew.Planning;
using FlexCrew.Sync;
using FlexCrew.Tests.Flex.CrewCalls;
using FlexCrew.Tests.Sync.Fakes;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Sync;

/// <summary>The answer to <c>dry_run</c>: everything that a sync would do, and none of it done.</summary>
public sealed class SyncPlannerTests
{
    private const string RoleT = "2f6cf050-c5c1-11ea-a087-2a0a4490a7fb";

    private readonly MemoryFlex flex = new();
    private readonly MemoryDatabase database;

    public SyncPlannerTests() => database = new MemoryDatabase(flex.Time) { Holder = "a run that is under way" };

    [Fact]
    public async Task Whoever_is_missing_is_to_be_added_by_name_with_a_role()
    {
        Assign(Assigned(1, sound: "SND-PA-T") with { Name = "Ana" }, Assigned(2, sound: "SND-PA-T"));
        flex.With("res-2");

        var summary = await PlanAsync();

        Assert.Equal([new(Tech(1), "Ana", "res-1", null), new PlannedAdd(Tech(2), null, "res-2", "line-res-2")], summary.Plan!.Adds);
        Assert.Equal([new(Tech(1), "Ana", "tecnico", RoleT), new PlannedRole(Tech(2), null, "tecnico", RoleT)], summary.Plan.Roles);
        Assert.Equal(
            (2, 0, 1, 0, 0), (summary.DesiredCount, summary.CurrentCount, summary.ScannedItems, summary.PlannedDeleteCount, summary.Kept));
    }

    [Fact]
    public async Task Only_a_contact_that_is_known_to_have_no_role_gets_one()
    {
        Assign(Assigned(1, sound: "SND-PA-T"), Assigned(2, sound: "SND-PA-T"), Assigned(3, sound: "SND-PA-T"),
            Assigned(4, sound: "SND-PA-R", resource: null));
        flex.Lines.AddRange([Contact("L1", "res-1", "set by hand"), Contact("L2", "res-2"), Contact("L3", "res-3", "")]);
        database.Rows.Add(Row(3, "L3"));

        var summary = await PlanAsync();

        Assert.Equal([Tech(3)], summary.Plan!.Roles.Select(role => role.TechnicianId));
        Assert.Equal(1, summary.Kept);
        Assert.Single(summary.Diagnostics!);
    }

    [Fact]
    public async Task Whoever_is_to_go_is_told_with_the_reason_and_the_name_of_whose_contact_it_is()
    {
        Assign(Assigned(1, sound: "SND-PA-T"));
        flex.Lines.AddRange([Contact("L1", "res-1", "r"), Contact("L2", "res-1", "r"), Contact("L8", "RES-8"), Contact("L9", "res-9")]);
        database.Rows.AddRange([Row(1, "L1"), Row(7, null), Row(8, "l8")]);
        database.People.AddRange(
            [new PersonRow(Tech(7), null, "Gus"), new PersonRow(Tech(8), "other", "Hal"), new PersonRow(Tech(9), " res-9 ", "Ida")]);

        var summary = await PlanAsync();

        Assert.Equal(
            [
                new("L2", "res-1", null, null, "duplicate"), new("L8", "RES-8", Tech(8), "Hal", "not desired"),
                new("L9", "res-9", null, "Ida", "not desired"), new PlannedRemoval(null, null, Tech(7), "Gus", "not desired"),
            ],
            summary.Plan!.Removals);
        Assert.Equal((3, 4, 3, 1), (summary.CurrentCount, summary.ScannedItems, summary.PlannedDeleteCount, summary.Kept));
        Assert.Empty(summary.Plan.Adds);
    }

    /// <summary>The stale row of somebody who is wanted is replaced by an add; that of somebody else goes.</summary>
    [Fact]
    public async Task Stale_rows_of_those_whom_nobody_wants_are_to_go()
    {
        Assign(Assigned(1, sound: "SND-PA-T"));
        flex.With("res-9");
        database.Rows.AddRange([Row(1, "gone-1"), Row(6, "gone-6")]);

        var summary = await PlanAsync(prune: false);

        Assert.Equal([new PlannedRemoval("gone-6", null, Tech(6), null, "not desired")], summary.Plan!.Removals);
        Assert.Equal(Tech(1), Assert.Single(summary.Plan.Adds).TechnicianId);
    }

    [Theory]
    [InlineData(true, false, 1)]
    [InlineData(false, false, 0)]
    [InlineData(true, true, 0)]
    public async Task A_contact_that_the_table_does_not_map_goes_only_with_pruning_and_where_the_crew_call_is_not_shared(
        bool prune, bool shared, int planned)
    {
        if (shared) Share();
        flex.With("res-9");

        Assert.Equal(planned, (await PlanAsync(prune)).Plan!.Removals.Count);
    }

    [Fact]
    public async Task The_old_contact_of_somebody_whose_resource_id_changed_is_to_go_for_that_reason()
    {
        Assign(Assigned(1, sound: "SND-PA-T", resource: "new") with { Name = "Ana" });
        flex.With("old");
        database.Rows.Add(Row(1, "line-old"));

        var summary = await PlanAsync();

        Assert.Equal([new PlannedRemoval("line-old", "old", Tech(1), "Ana", "resource id changed")], summary.Plan!.Removals);
        Assert.Equal([new PlannedAdd(Tech(1), "Ana", "new", null)], summary.Plan.Adds);
        Assert.Equal(1, summary.PlannedDeleteCount);
    }

    [Fact]
    public async Task Where_the_element_is_shared_the_oldest_contact_is_to_be_adopted_for_the_later_one_that_is_mapped()
    {
        Share();
        Assign(Assigned(1, sound: "SND-PA-T"));
        flex.Lines.AddRange([Contact("L1", "res-1", "set"), Contact("L2", "res-1", "set")]);
        database.Rows.Add(Row(1, "L2"));
        database.LinkedLines.Add("L1");

        var plan = (await PlanAsync()).Plan!;

        Assert.Equal([new PlannedRemoval("L2", "res-1", Tech(1), null, "duplicate")], plan.Removals);
        Assert.Equal([new PlannedAdd(Tech(1), null, "res-1", "L1")], plan.Adds);
    }

    [Fact]
    public async Task Of_a_contact_that_a_linked_crew_call_maps_only_the_row_is_to_go()
    {
        Share();
        flex.With("res-6");
        database.Rows.Add(Row(6, "line-res-6"));
        database.LinkedLines.Add("line-res-6");

        var summary = await PlanAsync();

        Assert.Equal(0, summary.PlannedDeleteCount);
        Assert.Equal([new PlannedRemoval("line-res-6", null, Tech(6), null, "not desired")], summary.Plan!.Removals);
    }

    [Fact]
    public async Task Nothing_is_written()
    {
        Assign(Assigned(1, sound: "SND-PA-T"));
        flex.With("res-9");
        database.Rows.Add(Row(6, "gone"));

        await PlanAsync();

        Assert.Equal((0, 0, 1, 1), (flex.Writes, database.Writes, flex.Lines.Count, database.Rows.Count));
        Assert.Equal("a run that is under way", database.Holder);
    }

    [Fact]
    public async Task A_department_without_a_crew_call_has_a_note_and_the_others_their_plan()
    {

        var result = await PlanAllAsync(["sound", "lights"]);

        Assert.True(result.Ok);
        Assert.Equal(("no crew call mapping", true), (result.Summary["lights"].Note, result.Summary["lights"].DurationMs >= 0));
        Assert.Equal((null, true), (result.Summary["sound"].Note, result.Summary["sound"].Plan is not null));
        Assert.Null(result.Summary["sound"].Diagnostics);
    }

    [Fact]
    public async Task A_listing_or_a_query_that_fails_is_the_answer_of_its_department()
    {
        flex.ListingFailures.Enqueue(new Failure(FailureKind.FlexToken, "The Flex token was refused"));
        Assert.Equal(["Flex listing failed: The Flex token was refused"], (await PlanAsync()).Errors);

        database.Break("ReadAsync");
        Assert.Contains("ReadAsync", Assert.Single((await PlanAsync()).Errors!));
    }

    private void Assign(params AssignmentRow[] assignments)
    {
        database.Assignments.AddRange(assignments);
        database.People.AddRange(assignments.Select(row => new PersonRow(row.TechnicianId, row.FlexResourceId, row.Name)));
    }

    private void Share() => database.Linked.Add(new LinkedCallRow(Tech(90), Runs.Job, "lights"));

    private async Task<DepartmentSummary> PlanAsync(bool prune = true) => (await PlanAllAsync(["sound"], prune)).Summary["sound"];

    private Task<SyncJobResult> PlanAllAsync(IReadOnlyList<string> departments, bool prune = true) =>
        new SyncPlanner(
            new CrewWorldReader(database, flex.Client(), new BusinessRoles(new FlexCrewOptions())), database, TimeProvider.System)
            .PlanAsync(new PlanRequest(Runs.Job, departments, prune, "correlation"), default);
}
