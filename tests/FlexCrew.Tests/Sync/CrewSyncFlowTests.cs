using FlexCrew.Contract;
using FlexCrew.Planning;
using FlexCrew.Sync;
using FlexCrew.Tests.Sync.Fakes;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Sync;

/// <summary>What the flow hands from step to step, shows while it runs, and tells in the end.</summary>
public sealed class CrewSyncFlowTests
{
    private static readonly Failure Refused = new(FailureKind.FlexRejected, "Flex refused it", Status: 409);
    private static readonly RoleAssignment Role = new("L1", Tech(1), "tecnico", "role-t");

    private readonly FakeHost host = new();
    private readonly ScriptedSteps steps = new();

    [Fact]
    public async Task The_summary_tells_what_each_step_did()
    {
        steps.Plan(new CrewPlan
        {
            Additions = [Addition("r1", 1)],
            Deletions = [Deletion("L8", "r8", Row(8, "L8")), Deletion("L7", "r7")],
            LeftoverRows = [Leaving(5, null)],
            Kept = 1, Desired = 2, Rows = 3, Listed = 4,
        });
        steps.Answer(SyncSteps.Prune, new RemovedContacts
        {
            Deleted = [Deletion("L8", "r8", Row(8, "L8"))], Failed = [new FailedRemoval("L7", Refused)],
        });

        var outcome = await RunAsync();
        var summary = outcome.Summary;

        Assert.Equal((1, 1, 2, 1), (summary.Added, summary.Kept, summary.Removed, summary.RolesSet));
        Assert.Equal((2, 3, 4, 2), (summary.DesiredCount, summary.CurrentCount, summary.ScannedItems, summary.PlannedDeleteCount));
        Assert.Equal(["Removal failed for line item L7: Flex refused it"], summary.Errors);
        Assert.Equal((RunStatus.Partial, Runs.CrewCall), (outcome.Status, outcome.CrewCallId));
    }

    [Fact]
    public async Task A_settled_crew_needs_no_more_than_one_step()
    {
        steps.Plan(new CrewPlan { Kept = 1 });

        Assert.Equal(RunStatus.Succeeded, (await RunAsync()).Status);
        Assert.Equal(["ResolveCrew"], steps.Calls.Select(call => call.Name));
        Assert.Equal(["resolving"], host.Progress.Select(progress => progress.Stage));
    }

    [Fact]
    public async Task Progress_is_shown_stage_by_stage()
    {
        var plan = new CrewPlan { Additions = [Addition("r1", 1)], Deletions = [Deletion("L8", "r8")], LeftoverRows = [Leaving(9, null)] };
        steps.Plan(plan with { StaleRows = [Leaving(7, "gone")] }).Answer(SyncSteps.Reread, plan);

        await RunAsync();

        Assert.Equal(
            [
                new("resolving"), new("deleting stale rows", 0, 1), new("adding", 0, 2), new("adding", 1, 2),
                new SyncProgress("removing", 0, 1),
            ],
            host.Progress);
    }

    [Fact]
    public async Task An_element_that_another_run_writes_to_is_waited_for_and_then_everything_is_read_again()
    {
        steps.Answer(SyncSteps.Resolve, Runs.Busy()).Answer(SyncSteps.Resolve, Runs.Busy())
            .Answer(SyncSteps.Resolve, Runs.Busy(isNext: true)).Plan(new CrewPlan { Additions = [Addition("r1", 1)] });

        var outcome = await RunAsync();

        Assert.Equal(1, outcome.Summary.Added);
        Assert.Equal([0.05, 0.25, 0.25], host.Waits.Select(wait => wait.TotalSeconds));
        Assert.Equal(4, steps.CallsOf(SyncSteps.Resolve));
        Assert.Contains(new SyncProgress("waiting for its turn"), host.Progress);
    }

    [Fact]
    public async Task The_waits_for_an_element_grow_with_what_was_waited_and_who_comes_next_asks_often()
    {
        for (var asked = 0; asked < 60; asked++) steps.Answer(SyncSteps.Resolve, Runs.Busy());
        steps.Answer(SyncSteps.Resolve, Runs.Busy(isNext: true)).Plan(new CrewPlan());

        await RunAsync();

        Assert.Equal([0.05, 5, 0.25], [host.Waits[0].TotalSeconds, host.Waits[^2].TotalSeconds, host.Waits[^1].TotalSeconds]);
    }

    [Fact]
    public async Task Who_never_gets_the_element_says_so_and_writes_nothing()
    {
        steps.Answer(SyncSteps.Resolve, Runs.Busy());

        var outcome = await RunAsync();

        Assert.Equal(["Another sync that writes to the same crew call in Flex is still running"], outcome.Summary.Errors);
        Assert.Equal((RunStatus.Failed, 0), (outcome.Status, outcome.Summary.Added));
        Assert.All(steps.Calls, call => Assert.Equal("ResolveCrew", call.Name));
        Assert.InRange(host.UtcNow - FakeHost.Noon, Runs.Settings.RunDeadline, Runs.Settings.RunDeadline + TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Stale_rows_go_first_and_what_follows_is_planned_anew_by_what_Flex_listed()
    {
        var (stale, contact) = (Leaving(7, "gone"), Contact("L1", "r1"));
        var resolved = Runs.Resolved(new CrewPlan { StaleRows = [stale], Additions = [Addition("r9", 9)] }) with { Contacts = [contact] };
        steps.Answer(SyncSteps.Resolve, resolved).Answer(SyncSteps.Reread, new CrewPlan { Additions = [Addition("r1", 1)] });

        var summary = (await RunAsync()).Summary;

        Assert.Equal(
            ["ResolveCrew", "DeleteStaleRows", "RereadCrew", "AddContact", "SetBusinessRole"], steps.Calls.Select(call => call.Name));
        Assert.Equal([stale], steps.Inputs<StaleInput>().Single().Rows);
        Assert.Same(contact, steps.Inputs<RereadInput>().Single().Contacts.Single());
        Assert.Equal(Runs.Target, steps.Inputs<RereadInput>().Single().Target);
        Assert.Equal("r1", steps.Inputs<AddInput>().Single().ResourceId);
        Assert.Equal((1, 1), (summary.Removed, summary.Added));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_stale_rows_cannot_be_deleted_or_read_again_nothing_is_written_to_Flex(bool deleting)
    {
        steps.Plan(new CrewPlan { StaleRows = [Leaving(7, "gone")], Additions = [Addition("r1", 1)] });
        if (deleting) steps.Fail(SyncSteps.DeleteStale, Refused);
        else steps.Fail(SyncSteps.Reread, Refused);

        Assert.Equal(["Flex refused it"], (await RunAsync()).Summary.Errors);
        Assert.Equal(0, steps.CallsOf(SyncSteps.Add));
    }

    [Fact]
    public async Task Deletions_and_adds_do_not_wait_for_each_other()
    {
        steps.Plan(new CrewPlan { Additions = [Addition("r1", 1)], Deletions = [Deletion("L8", "r8")], LeftoverRows = [Leaving(9, null)] });
        var (deleting, adding) = (steps.Hold(SyncSteps.Prune), steps.Hold(SyncSteps.Add));

        var running = RunAsync();

        Assert.Equal(["ResolveCrew", "PruneOrphans", "AddContact"], steps.Calls.Select(call => call.Name));
        adding.SetResult(new StepResult<AddedContact>(new AddedContact("L1", true, null), null));
        Assert.Equal(0, steps.CallsOf(SyncSteps.Remove));
        deleting.SetResult(new StepResult<RemovedContacts>(new RemovedContacts { Deleted = [Deletion("L8", "r8")] }, null));
        Assert.Equal((1, 2), ((await running).Summary.Added, (await running).Summary.Removed));
    }

    [Fact]
    public async Task Many_contacts_are_deleted_by_a_hundred_at_a_time()
    {
        steps.Plan(new CrewPlan { Deletions = [.. Enumerable.Range(0, 250).Select(number => Deletion($"L{number}", "r"))] });

        Assert.Equal(250, (await RunAsync()).Summary.Removed);
        Assert.Equal([100, 100, 50], steps.Inputs<PruneInput>().Select(input => input.Contacts.Count));
    }

    [Fact]
    public async Task A_failed_deletion_keeps_neither_the_other_deletions_nor_the_adds()
    {
        steps.Plan(new CrewPlan
        {
            Deletions = [.. Enumerable.Range(0, 101).Select(number => Deletion($"L{number}", "r"))], Additions = [Addition("r1", 1)],
        });
        steps.Answer(SyncSteps.Prune, StepResult<RemovedContacts>.Failed(Refused), new StepResult<RemovedContacts>(
            new RemovedContacts { Deleted = [Deletion("L100", "r")] }, null));

        var outcome = await RunAsync();

        Assert.Equal((1, 1, RunStatus.Partial), (outcome.Summary.Added, outcome.Summary.Removed, outcome.Status));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task A_contact_that_was_replaced_goes_only_after_the_new_one_is_there(bool fails, int removed)
    {
        var old = Deletion("L-old", "r-old", Row(1, "L-old")) with { Reason = DeletionReason.Replaced };
        steps.Plan(new CrewPlan { Additions = [Addition("r1", 1)], Replaced = [old] });
        var adding = steps.Hold(SyncSteps.Add);

        var running = RunAsync();
        Assert.Equal(0, steps.CallsOf(SyncSteps.Prune) + steps.CallsOf(SyncSteps.Remove));
        adding.SetResult(
            fails ? StepResult<AddedContact>.Failed(Refused) : new StepResult<AddedContact>(new AddedContact("L1", true, null), null));

        Assert.Equal((removed, 1), ((await running).Summary.Removed, (await running).Summary.PlannedDeleteCount));
        Assert.Equal(removed, steps.CallsOf(SyncSteps.Remove));
    }

    [Fact]
    public async Task One_whose_new_contact_failed_keeps_the_old_one_and_the_others_lose_theirs()
    {
        steps.Plan(new CrewPlan
        {
            Additions = [Addition("r1", 1), Addition("r2", 2)],
            Replaced = [Deletion("L-one", "old-1", Row(1, "L-one")), Deletion("L-two", "old-2", Row(2, "L-two"), Row(8, "L-two"))],
        });
        steps.Answer(
            SyncSteps.Add, StepResult<AddedContact>.Failed(Refused),
            new StepResult<AddedContact>(new AddedContact("L2", true, null), null));

        await RunAsync(atOnce: 1);

        Assert.Equal(["L-two"], steps.Inputs<RemoveInput>().Single().Contacts.Select(contact => contact.LineItemId));
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
        steps.Plan(
            new CrewPlan { Additions = [Addition("r1", 1) with { Existing = listed is null ? null : new ExistingContact("L1", listed) }] });
        steps.Answer(SyncSteps.Add, new AddedContact("L1", ours, told));

        var summary = (await RunAsync()).Summary;

        Assert.Equal((1, isSet ? 1 : 0), (summary.Added, summary.RolesSet));
        Assert.Equal(isSet ? 1 : 0, steps.CallsOf(SyncSteps.SetRole));
    }

    [Fact]
    public async Task The_role_is_set_on_the_contact_that_was_added()
    {
        steps.Plan(new CrewPlan { Additions = [Addition("r1", 1)] });

        await RunAsync();

        var input = steps.Inputs<RoleInput>().Single();
        Assert.Equal((Runs.Target, Role with { LineItemId = "line-r1" }), (input.Target, input.Role));
    }

    [Fact]
    public async Task A_contact_that_is_right_and_has_no_role_gets_one()
    {
        steps.Plan(new CrewPlan { Roles = [Role] });

        Assert.Equal(1, (await RunAsync()).Summary.RolesSet);
        Assert.Equal("L1", steps.Inputs<RoleInput>().Single().Role.LineItemId);
    }

    [Fact]
    public async Task Who_is_added_without_a_known_role_is_told()
    {
        steps.Plan(new CrewPlan { Additions = [Addition("r1", 1) with { Role = null, RoleDiagnostic = "why" }] });

        Assert.Equal(["why"], (await RunAsync()).Summary.BusinessRoleDiagnostics);
        Assert.Equal(0, steps.CallsOf(SyncSteps.SetRole));
    }

    [Fact]
    public async Task A_contact_that_Flex_has_is_adopted_with_what_the_table_maps()
    {
        steps.Plan(new CrewPlan
        {
            Additions = [Addition(
                "r1", 1) with { Existing = new ExistingContact("L1", "set"), Technicians = [new MappedTechnician(Tech(1), "L-old")] }],
        });

        await RunAsync();

        var input = steps.Inputs<AddInput>().Single();
        Assert.Equal(
            ("r1", "L1", new MappedTechnician(Tech(1), "L-old")),
            (input.ResourceId, input.Existing?.LineItemId, input.Technicians.Single()));
    }

    [Fact]
    public async Task A_failed_add_sets_no_role_and_the_others_go_on()
    {
        steps.Plan(new CrewPlan { Additions = [Addition("r1", 1), Addition("r2", 2)] });
        steps.Answer(
            SyncSteps.Add, StepResult<AddedContact>.Failed(Refused),
            new StepResult<AddedContact>(new AddedContact("L2", true, null), null));

        var outcome = await RunAsync(atOnce: 1);

        Assert.Equal((1, 1, 1), (outcome.Summary.Added, outcome.Summary.FailedAdds, outcome.Summary.RolesSet));
        Assert.Equal([$"Add failed for tech {Tech(1)}: Flex refused it"], outcome.Summary.Errors);
        Assert.Equal("L2", steps.Inputs<RoleInput>().Single().Role.LineItemId);
    }

    [Fact]
    public async Task The_request_says_whether_orphans_are_pruned()
    {
        steps.Plan(new CrewPlan { StaleRows = [Leaving(7, "gone")] });
        await RunAsync(prune: false);

        Assert.False(steps.Inputs<ResolveInput>().Single().Options.PruneOrphans);
        Assert.False(steps.Inputs<RereadInput>().Single().Options.PruneOrphans);
    }

    private async Task<DepartmentOutcome> RunAsync(int atOnce = 4, bool prune = true)
    {
        var department = Runs.Sound(prune: prune, settings: Runs.Settings with { MaxConcurrentAdds = atOnce });
        using var deadline = new RunDeadline(host, department.Settings);
        return await new CrewSyncFlow(department, Runs.Context, steps, host, deadline).RunAsync();
    }
}
