using FlexCrew.Flex;
using FlexCrew.Sync;
using FlexCrew.Tests.Sync.Fakes;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Sync;

/// <summary>What the flow hands from step to step, shows while it runs, and tells in the end.</summary>
public sealed class CrewSyncFlowTests
{
    private static readonly Failure Refused = new(FailureKind.FlexRejected, "Flex refused it", Status: 409);
    private static readonly Dictionary<string, string> Roles = new() { ["tecnico"] = "role-t" };

    private readonly FakeHost host = new();
    private readonly ScriptedSteps steps = new();

    [Fact]
    public async Task The_summary_tells_what_each_step_did()
    {
        Resolve(Desired("r1", 1), Desired("r2", 2));
        steps.Answer(SyncSteps.Prune, new PrunedCrew(
            [Contact("L2", "r2", "role-t")], Scanned: 4, Planned: 2, [new RemovedContact("L8", "r8", [Tech(8)])], [new FailedRemoval("L7", Refused)], []));
        steps.Answer(SyncSteps.DeleteStale, new StaleRowsDeleted([Tech(6)]));
        steps.Answer(SyncSteps.Reread, new CrewRows([Row(2, "L2"), Row(5, null)]));

        var summary = (await RunAsync()).Summary;

        Assert.Equal((1, 1, 3, 1), (summary.Added, summary.Kept, summary.Removed, summary.RolesSet));
        Assert.Equal((2, 2, 4, 2), (summary.DesiredCount, summary.CurrentCount, summary.ScannedItems, summary.PlannedDeleteCount));
        Assert.Equal(["Removal failed for line item L7: Flex refused it"], summary.Errors);
    }

    [Fact]
    public async Task A_duplicate_that_could_not_be_deleted_stays_mapped_for_the_next_sync()
    {
        steps.Answer(SyncSteps.Resolve, new ResolvedCrew(Guid.Empty, "element", [Desired("r1", 1)], Roles, Shared: true, []));
        steps.Answer(SyncSteps.Prune, new PrunedCrew(
            [Contact("L1", "r1", "set"), Contact("L2", "r1", "set")], Scanned: 2, Planned: 1, [], [new FailedRemoval("L2", Refused)], []));
        steps.Answer(SyncSteps.Reread, new CrewRows([Row(1, "l2")]));

        Assert.Equal(1, (await RunAsync()).Summary.Kept);
        Assert.Equal(0, steps.CallsOf(SyncSteps.Add));
    }

    [Fact]
    public async Task Progress_is_shown_stage_by_stage()
    {
        Resolve(Desired("r1", 1));
        steps.Answer(SyncSteps.Reread, new CrewRows([Row(9, null)]));

        await RunAsync();

        Assert.Equal(
            [
                new("resolving"), new("pruning"), new("deleting stale rows"), new("adding", 0, 1), new("adding", 1, 1), new SyncProgress("removing", 0, 1),
            ],
            host.Progress);
    }

    [Fact]
    public async Task A_settled_crew_needs_no_more_than_the_four_reading_steps()
    {
        Resolve(Desired("r1", 1));
        steps.Answer(SyncSteps.Prune, Listed(Contact("L1", "r1", "role-t")));
        steps.Answer(SyncSteps.Reread, new CrewRows([Row(1, "L1")]));

        var outcome = await RunAsync();

        Assert.Equal(RunStatus.Succeeded, outcome.Status);
        Assert.Equal(["ResolveCrew", "PruneOrphans", "DeleteStaleRows", "RereadCrew"], steps.Calls.Select(call => call.Name));
        Assert.Equal(["resolving", "pruning", "deleting stale rows"], host.Progress.Select(progress => progress.Stage));
    }

    [Fact]
    public async Task What_pruning_found_goes_into_the_stale_rows_and_the_difference()
    {
        var (contact, row) = (Contact("L1", "r1", "role-t"), Row(1, "L1"));
        Resolve(Desired("r1", 1));
        steps.Answer(SyncSteps.Prune, new PrunedCrew([contact], 1, 0, [], [], [row]));
        steps.Answer(SyncSteps.Reread, new CrewRows([row]));

        await RunAsync();

        var stale = Inputs<StaleInput>().Single();
        Assert.Same(contact, Assert.Single(stale.Contacts));
        Assert.Same(row, Assert.Single(stale.Rows));
        Assert.Equal(0, steps.CallsOf(SyncSteps.Add));
    }

    /// <summary>A contact that Flex did not delete a moment ago is not tried again: its row stays and says where it is.</summary>
    [Fact]
    public async Task A_row_whose_contact_could_not_be_pruned_stays_the_others_go()
    {
        Resolve();
        steps.Answer(SyncSteps.Prune, new PrunedCrew([Contact("L8", "r8")], 1, 1, [], [new FailedRemoval("l8", Refused)], []));
        steps.Answer(SyncSteps.Reread, new CrewRows([Row(8, "L8"), Row(7, "L7"), Row(6, null)]));

        await RunAsync();

        Assert.Equal([Tech(7), Tech(6)], Inputs<RemoveInput>().Single().Rows.Select(row => row.TechnicianId));
    }

    [Fact]
    public async Task Nothing_is_removed_when_the_only_leftover_could_not_be_pruned()
    {
        Resolve();
        steps.Answer(SyncSteps.Prune, new PrunedCrew([Contact("L8", "r8")], 1, 1, [], [new FailedRemoval("L8", Refused)], []));
        steps.Answer(SyncSteps.Reread, new CrewRows([Row(8, "L8")]));

        Assert.Equal(RunStatus.Partial, (await RunAsync()).Status);
        Assert.Equal(0, steps.CallsOf(SyncSteps.Remove));
    }

    /// <summary>Known to be set by hand, known to be empty, not told: of a contact we made and of one we found.</summary>
    [Theory]
    [InlineData(null, null, true, true)]
    [InlineData(null, "", true, true)]
    [InlineData("", null, true, true)]
    [InlineData("", "set by hand", true, true)]
    [InlineData("set by hand", null, true, false)]
    [InlineData("set by hand", "", true, false)]
    [InlineData(null, "set by hand", true, false)]
    [InlineData(null, null, false, false)]
    [InlineData(null, "", false, true)]
    [InlineData("", null, false, true)]
    [InlineData("set by hand", null, false, false)]
    [InlineData(null, "set by hand", false, false)]
    public async Task A_role_is_set_where_nobody_can_have_set_one(string? told, string? listed, bool ours, bool isSet)
    {
        Resolve(Desired("r1", 1));
        if (listed is not null) steps.Answer(SyncSteps.Prune, Listed(Contact("L1", "r1", listed)));
        steps.Answer(SyncSteps.Add, new AddedContact("L1", ours, told));

        var summary = (await RunAsync()).Summary;

        Assert.Equal((1, isSet ? 1 : 0), (summary.Added, summary.RolesSet));
        Assert.Equal(isSet ? 1 : 0, steps.CallsOf(SyncSteps.SetRole));
    }

    [Fact]
    public async Task The_role_is_that_of_the_tier()
    {
        Resolve(Desired("r1", 1));

        await RunAsync();

        var role = Inputs<RoleInput>().Single();
        Assert.Equal(("element", "line-r1", Tech(1), "tecnico", "role-t"), (role.ElementId, role.LineItemId, role.TechnicianId, role.Tier, role.RoleId));
    }

    [Fact]
    public async Task A_kept_contact_without_a_role_gets_one()
    {
        Resolve(Desired("r1", 1));
        steps.Answer(SyncSteps.Prune, Listed(Contact("L1", "r1", "")));
        steps.Answer(SyncSteps.Reread, new CrewRows([Row(1, "L1")]));

        var summary = (await RunAsync()).Summary;

        Assert.Equal((0, 1, 1), (summary.Added, summary.Kept, summary.RolesSet));
        Assert.Equal("L1", Inputs<RoleInput>().Single().LineItemId);
    }

    [Fact]
    public async Task A_kept_contact_whose_tier_has_no_role_is_left_alone()
    {
        Resolve(Desired("r1", 1, "SND-PA-R"));
        steps.Answer(SyncSteps.Prune, Listed(Contact("L1", "r1", "")));
        steps.Answer(SyncSteps.Reread, new CrewRows([Row(1, "L1")]));

        Assert.Equal(0, (await RunAsync()).Summary.RolesSet);
        Assert.Equal(0, steps.CallsOf(SyncSteps.SetRole));
    }

    [Fact]
    public async Task Who_is_added_without_a_known_role_is_told()
    {
        Resolve(Desired("r1", 1, role: null));

        var summary = (await RunAsync()).Summary;

        Assert.Equal(1, summary.Added);
        Assert.StartsWith($"tech {Tech(1)}: tech role \"none\"", Assert.Single(summary.BusinessRoleDiagnostics!));
    }

    [Fact]
    public async Task A_failed_add_sets_no_role_and_the_others_go_on()
    {
        Resolve(Desired("r1", 1), Desired("r2", 2));
        steps.Answer(SyncSteps.Add, StepResult<AddedContact>.Failed(Refused), new StepResult<AddedContact>(new AddedContact("L2", true, null), null));

        var outcome = await RunAsync(atOnce: 1);

        Assert.Equal((1, 1, 1), (outcome.Summary.Added, outcome.Summary.FailedAdds, outcome.Summary.RolesSet));
        Assert.Equal([$"Add failed for tech {Tech(1)}: Flex refused it"], outcome.Summary.Errors);
        Assert.Equal("L2", Inputs<RoleInput>().Single().LineItemId);
    }

    private void Resolve(params DesiredContact[] desired) =>
        steps.Answer(SyncSteps.Resolve, new ResolvedCrew(Guid.Empty, "element", desired, Roles, false, []));

    private static PrunedCrew Listed(params FlexContact[] contacts) => new(contacts, contacts.Length, 0, [], [], []);

    private IEnumerable<T> Inputs<T>() => steps.Calls.Select(call => call.Input).OfType<T>();

    private Task<DepartmentOutcome> RunAsync(int atOnce = 4) => CrewSyncFlow.RunAsync(
        Runs.Sound(settings: Runs.Settings with { MaxConcurrentAdds = atOnce }), Runs.Context, steps, new MemoryLeases(host), host);
}
