using FlexCrew.Database;
using FlexCrew.Planning;
using FlexCrew.Sync;
using FlexCrew.Tests.Flex.CrewCalls;
using FlexCrew.Tests.Sync.Fakes;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Sync.Steps;

/// <summary>Resolve, re-read, delete stale rows, business role.</summary>
public sealed class SmallStepTests
{
    private readonly MemoryFlex flex = new();
    private readonly MemoryDatabase database;

    public SmallStepTests() => database = new MemoryDatabase(flex.Time) { Holder = null };

    [Fact]
    public async Task Without_a_crew_call_there_is_nothing_to_do_and_Flex_is_not_asked()
    {
        database.Element = null;

        Assert.Equal(new ResolvedCrew(), await ResolveAsync());
        Assert.Equal(0, flex.Listings);
    }

    [Fact]
    public async Task A_crew_call_is_resolved_by_claiming_its_fence_and_planning_by_what_Flex_lists()
    {
        flex.With("r9");
        database.Assignments.AddRange([Assigned(1, sound: "SND-PA-T"), Assigned(2, lights: "LGT-T")]);

        var resolved = await ResolveAsync();

        Assert.Equal(new CrewCallRow(Runs.CrewCall, "element"), resolved.CrewCall);
        Assert.Equal(new FenceHold("element", 2, "me:sound"), resolved.Fence);
        Assert.Equal(("me:sound", 2L), (database.Holder, database.Token));
        var addition = Assert.Single(resolved.Plan!.Additions);
        Assert.Equal(("res-1", "2f6cf050-c5c1-11ea-a087-2a0a4490a7fb"), (addition.ResourceId, addition.Role?.RoleId));
        Assert.Equal(["line-r9"], resolved.Plan.Deletions.Select(contact => contact.LineItemId));
        Assert.Null(resolved.Contacts);
        Assert.Null(resolved.BusyWith);
    }

    [Fact]
    public async Task Who_resolves_again_keeps_the_token()
    {
        await ResolveAsync();

        Assert.Equal(2, (await ResolveAsync()).Fence?.Token);
    }

    [Fact]
    public async Task Where_another_run_writes_to_the_element_Flex_is_not_asked()
    {
        database.Holder = "other:lights";

        var resolved = await ResolveAsync();

        Assert.Equal(("other:lights", 0), (resolved.BusyWith, flex.Listings));
        Assert.Null(resolved.Plan);
        Assert.Equal("other:lights", database.Holder);
    }

    [Fact]
    public async Task With_stale_rows_goes_what_Flex_listed()
    {
        flex.With("r1");
        database.Rows.Add(Row(6, "gone"));

        var resolved = await ResolveAsync();

        Assert.Single(resolved.Plan!.StaleRows);
        Assert.Equal(["line-r1"], resolved.Contacts!.Select(contact => contact.LineItemId));
    }

    [Fact]
    public async Task A_listing_that_failed_fails_the_step()
    {
        flex.ListingFailures.Enqueue(new Failure(FailureKind.FlexToken, "The Flex token was refused"));

        var failed = await Assert.ThrowsAsync<StepFailedException>(ResolveAsync);

        Assert.Equal(
            (FailureKind.FlexToken, "Flex listing failed: The Flex token was refused"), (failed.Failure.Kind, failed.Failure.Message));
    }

    [Fact]
    public async Task A_second_crew_call_of_the_department_is_told_of()
    {
        database.NotSynced.Add(new CrewCallRow(Tech(78), "younger"));

        Assert.Equal(
            ["the crew call younger is mapped to this department too: only the oldest, element, is synced"],
            (await ResolveAsync()).Plan!.Diagnostics);
    }

    [Fact]
    public async Task The_crew_is_planned_anew_by_the_rows_of_now_and_what_was_listed()
    {
        database.Assignments.AddRange([Assigned(1, sound: "SND-PA-T"), Assigned(2, sound: "SND-PA-T")]);
        database.Rows.Add(Row(1, "newer-than-the-listing"));

        var plan = await RereadAsync(Contact("L2", "res-2"));

        Assert.Equal((1, 0), (plan.Kept, plan.StaleRows.Count));
        Assert.Equal("L2", Assert.Single(plan.Additions).Existing?.LineItemId);
        Assert.Equal(0, flex.Listings);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("another-element")]
    public async Task A_crew_call_that_is_linked_elsewhere_by_now_is_not_planned_anew(string? element)
    {
        database.Element = element;

        Assert.Equal(FailureKind.NotWanted, (await Assert.ThrowsAsync<StepFailedException>(() => RereadAsync())).Failure.Kind);
    }

    [Fact]
    public async Task Stale_rows_go_as_they_were_read_and_no_others()
    {
        Held();
        database.Rows.AddRange([Row(1, "line-1"), Row(2, "changed-since"), Row(3, "line-3")]);

        await DeleteStaleAsync(Row(1, "line-1"), Row(2, "line-2"));

        Assert.Equal([Tech(2), Tech(3)], database.Rows.Select(row => row.TechnicianId));
        Assert.True(database.Placed["line-1"]);
    }

    [Fact]
    public async Task Without_the_fence_no_stale_row_goes()
    {
        database.Rows.Add(Row(1, "line-1"));

        Assert.Equal(
            FailureKind.LeaseLost, (await Assert.ThrowsAsync<StepFailedException>(() => DeleteStaleAsync(Row(1, "line-1")))).Failure.Kind);
        Assert.Single(database.Rows);
    }

    [Fact]
    public async Task A_role_is_set()
    {
        Held();
        flex.With("r1");

        Assert.Equal("line-r1", (await SetRoleAsync()).LineItemId);
        Assert.Equal("role-t", flex.Lines.Single().BusinessRole);
    }

    [Fact]
    public async Task Without_the_fence_no_role_is_set()
    {
        flex.With("r1");

        Assert.Equal(FailureKind.LeaseLost, (await Assert.ThrowsAsync<StepFailedException>(SetRoleAsync)).Failure.Kind);
        Assert.Equal("", flex.Lines.Single().BusinessRole);
    }

    [Theory]
    [InlineData(nameof(Fate.Refused), 1, false)]
    [InlineData(nameof(Fate.Unavailable), 1, true)]
    [InlineData(nameof(Fate.LostBeforeFlex), 9, true)]
    public async Task A_role_that_is_not_set_says_whether_another_try_helps(string fate, int times, bool retryable)
    {
        Held();
        flex.With("r1");
        for (var time = 0; time < times; time++) flex.Fates.Enqueue(Enum.Parse<Fate>(fate));

        var failed = await Assert.ThrowsAsync<StepFailedException>(SetRoleAsync);

        Assert.Equal(retryable, failed.Failure.Retryable);
    }

    private CrewWorldReader Worlds => new(database, flex.Client(), new BusinessRoles(new FlexCrewOptions()));

    private void Held() => (database.Holder, database.Token) = (Runs.Target.Fence.Holder, Runs.Target.Fence.Token);

    private Task<ResolvedCrew> ResolveAsync() => new ResolveStep(Worlds, Runs.Settings).RunAsync(
        new ResolveInput(Runs.Context, new PlanOptions(PruneOrphans: true)), flex.Scope, default);

    private Task<CrewPlan> RereadAsync(params FlexCrew.Flex.FlexContact[] contacts) => new RereadStep(Worlds).RunAsync(
        new RereadInput(Runs.Context, Runs.Target, new PlanOptions(PruneOrphans: true), contacts), flex.Scope, default);

    private Task<StaleRowsDeleted> DeleteStaleAsync(params CrewRow[] rows) => new DeleteStaleStep(database).RunAsync(
        new StaleInput(Runs.Context, Runs.Target, [.. rows.Select(row => new RowDeletion(row, Leaves: true))]), flex.Scope, default);

    private Task<RoleSet> SetRoleAsync() =>
        new RoleStep(flex.Client(TimeSpan.FromSeconds(0.5)), new WriteGuards(database, database, database, flex.Time)).RunAsync(
            new RoleInput(Runs.Context, Runs.Target, new RoleAssignment("line-r1", Tech(1), "tecnico", "role-t")), flex.Scope, default);
}
