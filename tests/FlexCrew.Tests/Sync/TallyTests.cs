using System.Text.Json;
using FlexCrew.Sync;
using FlexCrew.Tests.Sync.Fakes;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Sync;

public class TallyTests
{
    private static readonly Failure Refused = new(FailureKind.FlexRejected, "Flex refused it (HTTP 404)", Status: 404);
    private static readonly Addition One = new(Desired("r1", 1), [Tech(1)], null);
    private static readonly Addition Two = new(Desired("r2", 2, 3), [Tech(2), Tech(3)], null);
    private static readonly RoleInput Role = new(Runs.Context, "element", "L1", Tech(1), "tecnico", "id");

    private readonly Tally tally = new(new ResolvedCrew(
        new Guid("cccccccc-0000-0000-0000-000000000001"), "element", [Desired("r1", 1), Desired("r2", 2, 3)], new Dictionary<string, string>(), false, []));

    private static readonly JsonSerializerOptions WithoutNulls =
        new() { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    private DepartmentSummary Summary => tally.Outcome([]).Summary;

    [Fact]
    public void The_summary_has_the_keys_of_the_original_and_leaves_out_what_is_null()
    {
        var json = JsonSerializer.Serialize(Summary, WithoutNulls);

        Assert.Equal("""{"added":0,"removed":0,"kept":0,"rolesSet":0,"failedAdds":0,"desired_count":3,"current_count":0,"scanned_items":0,"planned_delete_count":0}""", json);
    }

    [Fact]
    public void Added_technicians_count_each_although_they_share_a_contact()
    {
        tally.Added(Two, Ok(new AddedContact("L2", true, null)));

        Assert.Equal(2, Summary.Added);
        Assert.Equal(RunStatus.Succeeded, tally.Outcome([]).Status);
    }

    [Fact]
    public void Failed_adds_are_told_for_each_technician()
    {
        tally.Added(Two, StepResult<AddedContact>.Failed(Refused));

        Assert.Equal((0, 2), (Summary.Added, Summary.FailedAdds));
        Assert.Equal(
            [$"Add failed for tech {Tech(2)}: Flex refused it (HTTP 404)", $"Add failed for tech {Tech(3)}: Flex refused it (HTTP 404)"], Summary.Errors);
        Assert.Equal((RunStatus.Partial, 2), (tally.Outcome([]).Status, tally.Outcome([]).Failures));
    }

    [Fact]
    public void A_role_that_Flex_refused_is_a_diagnostic_in_the_words_of_the_original_and_makes_the_run_partial()
    {
        tally.RoleSet("sound", Role, StepResult<RoleSet>.Failed(Refused));

        Assert.Equal([$"tech {Tech(1)}: Flex rejected business-role update for sound/tecnico: HTTP 404"], Summary.BusinessRoleDiagnostics);
        Assert.Null(Summary.Errors);
        Assert.Equal(RunStatus.Partial, tally.Outcome([]).Status);
    }

    [Fact]
    public void A_missing_dictionary_id_is_a_diagnostic_and_no_failure()
    {
        tally.RoleDiagnostic(Tech(1), "why");

        Assert.Equal([$"tech {Tech(1)}: why"], Summary.BusinessRoleDiagnostics);
        Assert.Equal(RunStatus.Succeeded, tally.Outcome([]).Status);
    }

    [Fact]
    public void What_was_really_removed_counts_once()
    {
        tally.Pruned(new PrunedCrew([], Scanned: 5, Planned: 3, [new RemovedContact("L8", "r8", [Tech(8)]), new RemovedContact("L9", "r9", [])], [new FailedRemoval("L7", Refused)], []));
        tally.StaleDeleted(new StaleRowsDeleted([Tech(1), Tech(6)]));
        tally.Removed(new RemovedRows([Tech(5)], ["L5"], []));

        Assert.Equal(4, Summary.Removed);
        Assert.Equal((5, 3), (Summary.ScannedItems, Summary.PlannedDeleteCount));
        Assert.Equal(["Removal failed for line item L7: Flex refused it (HTTP 404)"], Summary.Errors);
    }

    [Fact]
    public void A_run_that_stopped_before_it_changed_anything_failed()
    {
        tally.Fail(Refused);

        Assert.Equal(RunStatus.Failed, tally.Outcome([]).Status);
    }

    [Fact]
    public void A_run_that_stopped_after_it_changed_something_is_partial()
    {
        tally.Added(One, Ok(new AddedContact("L1", true, null)));
        tally.Fail(Refused);

        Assert.Equal(RunStatus.Partial, tally.Outcome([]).Status);
    }

    [Fact]
    public void Requests_and_unknown_outcomes_add_up_over_the_steps()
    {
        tally.Cost(new StepResult<PrunedCrew>(null, Refused, FlexRequests: 2));
        tally.Added(One, new StepResult<AddedContact>(new AddedContact("L1", true, null), null, FlexRequests: 3, Unknowns: 1));
        tally.RoleSet("sound", Role, new StepResult<RoleSet>(new RoleSet("L1"), null, FlexRequests: 1));
        var outcome = tally.Outcome([]);

        Assert.Equal((6, true), (outcome.FlexRequests, outcome.MetUnknown));
        Assert.Equal(1, outcome.Summary.RolesSet);
    }

    [Fact]
    public void What_became_of_each_technician_is_told()
    {
        tally.Added(One, Ok(new AddedContact("L1", Ours: false, null)));
        tally.Added(Two, Ok(new AddedContact("L2", Ours: true, null)));
        tally.RoleSet("sound", Role, Ok(new RoleSet("L1")));

        Assert.Equal(
            [(Tech(1), "adopted"), (Tech(2), "added"), (Tech(3), "added"), (Tech(1), "role set")],
            tally.Outcome([]).Technicians.Select(technician => (technician.TechnicianId!.Value, technician.Outcome)));
    }

    [Fact]
    public void What_went_and_what_failed_is_told_of_each_technician_and_line_item()
    {
        tally.Pruned(new PrunedCrew([], 2, 2, [new RemovedContact("L8", "r8", [Tech(8)]), new RemovedContact("L9", "r9", [])], [new FailedRemoval("L7", Refused)], []));
        tally.StaleDeleted(new StaleRowsDeleted([Tech(6)]));
        tally.Removed(new RemovedRows([Tech(5)], ["L5"], [new FailedRemoval("L4", Refused)]));
        tally.Added(One, StepResult<AddedContact>.Failed(Refused));
        tally.RoleSet("sound", Role, StepResult<RoleSet>.Failed(Refused));

        const string Why = "Flex refused it (HTTP 404)";
        Assert.Equal(
            [
                new(Tech(8), "contact removed", "L8"), new(null, "contact removed", "L9"), new(null, "removal failed", $"L7: {Why}"),
                new(Tech(6), "stale row deleted", null), new(Tech(5), "removed", null), new(null, "removal failed", $"L4: {Why}"),
                new(Tech(1), "add failed", Why), new TechnicianOutcome(Tech(1), "role failed", Why),
            ],
            tally.Outcome([]).Technicians);
        Assert.Equal(4, tally.Outcome([]).Failures);
    }

    [Fact]
    public void Steps_that_found_nothing_to_do_tell_nothing()
    {
        tally.Pruned(new PrunedCrew([], 0, 0, [], [], []));
        tally.StaleDeleted(new StaleRowsDeleted([]));
        tally.Removed(new RemovedRows([], [], []));

        var outcome = tally.Outcome([]);
        Assert.Empty(outcome.Technicians);
        Assert.Equal((0, false, 0, RunStatus.Succeeded), (outcome.FlexRequests, outcome.MetUnknown, outcome.Failures, outcome.Status));
    }

    [Fact]
    public void The_longest_wait_that_Flex_asked_for_is_told()
    {
        Assert.Null(tally.Outcome([]).AskedToWait);
        tally.Added(One, StepResult<AddedContact>.Failed(Refused with { RetryAfter = TimeSpan.FromSeconds(7) }));
        tally.Removed(new RemovedRows([], [], [new FailedRemoval("L4", Refused with { RetryAfter = TimeSpan.FromSeconds(300) })]));
        tally.RoleSet("sound", Role, StepResult<RoleSet>.Failed(Refused with { RetryAfter = TimeSpan.FromSeconds(3) }));
        tally.Fail(Refused);

        Assert.Equal(TimeSpan.FromSeconds(300), tally.Outcome([]).AskedToWait);
    }

    [Fact]
    public void So_is_that_of_a_step_that_stopped_the_run()
    {
        tally.Fail(Refused with { RetryAfter = TimeSpan.FromSeconds(9) });
        Assert.Equal(TimeSpan.FromSeconds(9), tally.Outcome([]).AskedToWait);
    }

    [Fact]
    public void A_contact_that_went_is_a_change_too()
    {
        tally.Pruned(new PrunedCrew([], 1, 1, [new RemovedContact("L8", "r8", [])], [], []));
        tally.Fail(Refused);
        Assert.Equal(RunStatus.Partial, tally.Outcome([]).Status);
    }

    /// <summary>The stale row of somebody who is wanted is replaced, not removed.</summary>
    [Fact]
    public void A_stale_row_counts_as_removed_where_nobody_wants_its_technician()
    {
        tally.StaleDeleted(new StaleRowsDeleted([Tech(1), Tech(2), Tech(3), Tech(6)]));

        Assert.Equal(1, Summary.Removed);
    }

    private static StepResult<T> Ok<T>(T value) where T : class => new(value, null);
}
