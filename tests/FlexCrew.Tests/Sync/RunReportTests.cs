using System.Text.Json;
using System.Text.Json.Serialization;
using FlexCrew.Contract;
using FlexCrew.Planning;
using FlexCrew.Sync;
using FlexCrew.Tests.Sync.Fakes;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Sync;

public class RunReportTests
{
    private const string Why = "Flex refused it (HTTP 404)";

    private static readonly JsonSerializerOptions WithoutNulls = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
    private static readonly Failure Refused = new(FailureKind.FlexRejected, Why, Status: 404);
    private static readonly ContactAddition One = Addition("r1", 1);
    private static readonly ContactAddition Two = Addition("r2", 2, 3);
    private static readonly RoleAssignment Role = new("L1", Tech(1), "tecnico", "id");

    private readonly RunReport report = new();

    private DepartmentSummary Summary => report.Outcome().Summary;

    [Fact]
    public void The_summary_has_the_keys_of_the_original_and_leaves_out_what_is_null()
    {
        report.Planned(
            new CrewPlan { Desired = 3, Rows = 2, Listed = 4, Deletions = [Deletion("L8", "r8")], Replaced = [Deletion("L9", "r9")] });

        Assert.Equal(
            """{"added":0,"removed":0,"kept":0,"rolesSet":0,"failedAdds":0,"desired_count":3,"current_count":2,"scanned_items":4,"planned_delete_count":2}""",
            JsonSerializer.Serialize(Summary, WithoutNulls));
    }

    [Fact]
    public void A_run_that_made_no_plan_has_no_counts_of_one()
    {
        report.Stopped(Refused);

        Assert.Equal(
            """{"added":0,"removed":0,"kept":0,"rolesSet":0,"failedAdds":0,"errors":["Flex refused it (HTTP 404)"]}""",
            JsonSerializer.Serialize(Summary, WithoutNulls));
    }

    [Fact]
    public void What_the_plan_has_to_say_is_told()
    {
        report.Planned(new CrewPlan { Kept = 5, Diagnostics = ["a diagnostic"] });

        Assert.Equal(5, Summary.Kept);
        Assert.Equal(["a diagnostic"], Summary.Diagnostics);
        Assert.Equal(RunStatus.Succeeded, report.Outcome().Status);
    }

    [Fact]
    public void Added_technicians_count_each_although_they_share_a_contact()
    {
        report.Added(Two, Ok(new AddedContact("L2", true, null)));

        Assert.Equal(2, Summary.Added);
        Assert.Equal(RunStatus.Succeeded, report.Outcome().Status);
    }

    [Fact]
    public void Failed_adds_are_told_for_each_technician()
    {
        report.Added(Two, StepResult<AddedContact>.Failed(Refused));

        Assert.Equal((0, 2), (Summary.Added, Summary.FailedAdds));
        Assert.Equal([$"Add failed for tech {Tech(2)}: {Why}", $"Add failed for tech {Tech(3)}: {Why}"], Summary.Errors);
        Assert.Equal((RunStatus.Partial, 2), (report.Outcome().Status, report.Outcome().FailedCount));
        Assert.Equal((true, false), (report.HasFailed(Tech(3)), report.HasFailed(Tech(1))));
        Assert.Null(Summary.Diagnostics);
    }

    [Fact]
    public void Of_somebody_whose_add_failed_it_is_told_that_the_contact_they_have_stays()
    {
        report.Added(
            One with { Technicians = [new MappedTechnician(Tech(1), "L-old"), new MappedTechnician(Tech(2), null)] },
            StepResult<AddedContact>.Failed(Refused));

        Assert.Equal([$"tech {Tech(1)}: the contact that they have stays until the new one can be added"], Summary.Diagnostics);
    }

    [Fact]
    public void A_role_that_Flex_refused_is_a_diagnostic_in_the_words_of_the_original_and_makes_the_run_partial()
    {
        report.RoleSet("sound", Role, StepResult<RoleSet>.Failed(Refused));

        Assert.Equal([$"tech {Tech(1)}: Flex rejected business-role update for sound/tecnico: HTTP 404"], Summary.BusinessRoleDiagnostics);
        Assert.Null(Summary.Errors);
        Assert.Equal(RunStatus.Partial, report.Outcome().Status);
    }

    [Fact]
    public void A_missing_dictionary_id_is_a_diagnostic_and_no_failure()
    {
        report.Added(One with { Role = null, RoleDiagnostic = $"tech {Tech(1)}: why" }, Ok(new AddedContact("L1", true, null)));

        Assert.Equal([$"tech {Tech(1)}: why"], Summary.BusinessRoleDiagnostics);
        Assert.Equal(RunStatus.Succeeded, report.Outcome().Status);
    }

    [Fact]
    public void What_was_really_removed_counts_once()
    {
        report.Removed(Ok(new RemovedContacts
        {
            Deleted = [Deletion("L8", "r8", Row(8, "L8"), Row(7, "L8")), Deletion("L9", "r9")], Failed = [new FailedRemoval("L7", Refused)],
        }));
        report.StaleDeleted([new RowDeletion(Row(1, "gone"), Leaves: false), Leaving(6, "gone")]);
        report.Removed(Ok(new RemovedContacts { Rows = [Leaving(5, "L5")] }));

        Assert.Equal(4, Summary.Removed);
        Assert.Equal([$"Removal failed for line item L7: {Why}"], Summary.Errors);
    }

    [Fact]
    public void A_contact_that_was_spared_is_told_and_is_no_failure()
    {
        report.Removed(Ok(new RemovedContacts { Spared = [Deletion("L8", "r8", Row(8, "L8"))] }));

        Assert.Equal(["the contact L8 stays: its technician was assigned while the sync ran"], Summary.Diagnostics);
        Assert.Equal((0, RunStatus.Succeeded), (Summary.Removed, report.Outcome().Status));
        Assert.Equal(new TechnicianOutcome(Tech(8), "contact spared", "L8"), Assert.Single(report.Outcome().Technicians));
    }

    [Fact]
    public void Contacts_that_went_count_although_their_rows_could_not_be_deleted()
    {
        report.Removed(Ok(new RemovedContacts { Deleted = [Deletion("L8", "r8")], RowFailure = Refused }));

        Assert.Equal(1, Summary.Removed);
        Assert.Equal([$"Contacts were removed from Flex, but their rows were not: {Why}"], Summary.Errors);
        Assert.Equal(RunStatus.Partial, report.Outcome().Status);
    }

    [Fact]
    public void A_run_that_stopped_before_it_changed_anything_failed()
    {
        report.Stopped(Refused);
        Assert.Equal(RunStatus.Failed, report.Outcome().Status);
    }

    [Fact]
    public void A_run_that_stopped_after_it_changed_something_is_partial()
    {
        report.Added(One, Ok(new AddedContact("L1", true, null)));
        report.Removed(StepResult<RemovedContacts>.Failed(Refused));
        Assert.Equal(RunStatus.Partial, report.Outcome().Status);
    }

    [Fact]
    public void A_contact_that_went_is_a_change_too()
    {
        report.Removed(Ok(new RemovedContacts { Deleted = [Deletion("L8", "r8")] }));
        report.Stopped(Refused);
        Assert.Equal(RunStatus.Partial, report.Outcome().Status);
    }

    [Fact]
    public void What_the_steps_cost_adds_up()
    {
        report.Count(new StepResult<CrewPlan>(null, Refused, FlexRequests: 2, Passes: 4));
        report.Added(One, new StepResult<AddedContact>(new AddedContact("L1", true, null), null, FlexRequests: 3, Unknowns: 1, Passes: 2));
        report.RoleSet("sound", Role, new StepResult<RoleSet>(new RoleSet("L1"), null, FlexRequests: 1));
        var outcome = report.Outcome();

        Assert.Equal((6, true, 6), (outcome.FlexRequests, outcome.MetUnknown, outcome.Passes));
        Assert.Equal(1, outcome.Summary.RolesSet);
    }

    [Fact]
    public void What_became_of_each_technician_is_told()
    {
        report.Added(One, Ok(new AddedContact("L1", Ours: false, null)));
        report.Added(Two, Ok(new AddedContact("L2", Ours: true, null)));
        report.RoleSet("sound", Role, Ok(new RoleSet("L1")));

        Assert.Equal(
            [(Tech(1), "adopted"), (Tech(2), "added"), (Tech(3), "added"), (Tech(1), "role set")],
            report.Outcome().Technicians.Select(technician => (technician.TechnicianId!.Value, technician.Outcome)));
    }

    [Fact]
    public void What_went_and_what_failed_is_told_of_each_technician_and_line_item()
    {
        report.Removed(Ok(new RemovedContacts
        {
            Deleted = [Deletion("L8", "r8", Row(8, "L8")), Deletion("L9", "r9")], Failed = [new FailedRemoval("L7", Refused)],
        }));
        report.StaleDeleted([Leaving(6, "gone")]);
        report.Removed(Ok(new RemovedContacts { Rows = [Leaving(5, null)], Failed = [new FailedRemoval("L4", Refused)] }));
        report.Added(One, StepResult<AddedContact>.Failed(Refused));
        report.RoleSet("sound", Role, StepResult<RoleSet>.Failed(Refused));

        Assert.Equal(
            [
                new(Tech(8), "contact removed", "L8"), new(null, "contact removed", "L9"), new(null, "removal failed", $"L7: {Why}"),
                new(Tech(6), "stale row deleted", null), new(Tech(5), "removed", null), new(null, "removal failed", $"L4: {Why}"),
                new(Tech(1), "add failed", Why), new TechnicianOutcome(Tech(1), "role failed", Why),
            ],
            report.Outcome().Technicians);
        Assert.Equal(4, report.Outcome().FailedCount);
    }

    [Fact]
    public void Steps_that_found_nothing_to_do_tell_nothing()
    {
        report.Planned(new CrewPlan());
        report.Removed(Ok(new RemovedContacts()));

        var outcome = report.Outcome();
        Assert.Empty(outcome.Technicians);
        Assert.Equal((0, false, 0, RunStatus.Succeeded), (outcome.FlexRequests, outcome.MetUnknown, outcome.FailedCount, outcome.Status));
    }

    [Fact]
    public void The_longest_wait_that_Flex_asked_for_is_told()
    {
        Assert.Null(report.Outcome().AskedToWait);
        report.Added(One, StepResult<AddedContact>.Failed(Refused with { RetryAfter = TimeSpan.FromSeconds(7) }));
        report.Removed(
            Ok(new RemovedContacts { Failed = [new FailedRemoval("L4", Refused with { RetryAfter = TimeSpan.FromSeconds(300) })] }));
        report.RoleSet("sound", Role, StepResult<RoleSet>.Failed(Refused with { RetryAfter = TimeSpan.FromSeconds(3) }));
        report.Stopped(Refused);

        Assert.Equal(TimeSpan.FromSeconds(300), report.Outcome().AskedToWait);
    }

    [Fact]
    public void So_is_that_of_a_step_that_stopped_the_run()
    {
        report.Stopped(Refused with { RetryAfter = TimeSpan.FromSeconds(9) });
        Assert.Equal(TimeSpan.FromSeconds(9), report.Outcome().AskedToWait);
    }

    [Fact]
    public void The_crew_call_is_told_once_it_is_known()
    {
        Assert.Null(report.Outcome().CrewCallId);
        report.CrewCallId = Runs.CrewCall;
        Assert.Equal(Runs.CrewCall, report.Outcome().CrewCallId);
    }

    private static StepResult<T> Ok<T>(T value) where T : class => new(value, null);
}
