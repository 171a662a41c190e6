using System.Text.Json;
using FlexCrew.Contract;
using FlexCrew.Database;
using FlexCrew.Sync;
using FlexCrew.Tests.Sync.Fakes;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Sync;

public class LogRowsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static SyncLogRow AnyRow => Of(new DepartmentOutcome(RunStatus.Succeeded, new DepartmentSummary()));

    [Theory]
    [InlineData(RunStatus.Succeeded, "succeeded"), InlineData(RunStatus.Partial, "partial"), InlineData(RunStatus.Failed, "failed")]
    [InlineData(RunStatus.Coalesced, "coalesced"), InlineData(RunStatus.Skipped, "skipped")]
    public void The_status_is_told_in_lower_case(object status, string told) =>
        Assert.Equal(told, Of(new DepartmentOutcome((RunStatus)status, new DepartmentSummary())).Status);

    [Theory]
    [InlineData(1, 1), InlineData(2, 5), InlineData(3, 15), InlineData(4, 60)]
    public void A_run_that_failed_is_tried_again_by_the_schedule(int attempt, int minutes)
    {
        Assert.Equal(TimeSpan.FromMinutes(minutes), Of(Outcome(RunStatus.Failed), attempt).RetryAfter);
        Assert.Equal(TimeSpan.FromMinutes(minutes), Of(Outcome(RunStatus.Partial), attempt).RetryAfter);
    }

    [Theory]
    [InlineData(30, 1)]
    [InlineData(60, 1)]
    [InlineData(3600, 60)]
    public void It_is_not_tried_again_before_Flex_wants_to_be_asked(int asked, int minutes)
    {
        Assert.Equal(
            TimeSpan.FromMinutes(minutes), Of(Outcome(RunStatus.Partial) with { AskedToWait = TimeSpan.FromSeconds(asked) }).RetryAfter);
        Assert.Equal(TimeSpan.FromMinutes(minutes), Of(DepartmentOutcome.Failed(
            new Failure(FailureKind.FlexUnavailable, "Flex answered HTTP 429", true, 429, TimeSpan.FromSeconds(asked)))).RetryAfter);
    }

    [Fact]
    public void The_fifth_attempt_is_the_last()
    {
        Assert.Null(Of(Outcome(RunStatus.Failed), attempt: 5).RetryAfter);
        Assert.Null(Of(Outcome(RunStatus.Succeeded) with { MetUnknown = true }, attempt: 5).RetryAfter);
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(4)]
    public void A_run_that_succeeded_but_met_an_unknown_outcome_is_followed_by_one_a_minute_later(int attempt) =>
        Assert.Equal(TimeSpan.FromMinutes(1), Of(Outcome(RunStatus.Succeeded) with { MetUnknown = true }, attempt).RetryAfter);

    [Theory]
    [InlineData(RunStatus.Succeeded), InlineData(RunStatus.Coalesced), InlineData(RunStatus.Skipped)]
    public void A_run_that_came_to_its_end_is_not_tried_again(object status) => Assert.Null(Of(Outcome((RunStatus)status)).RetryAfter);

    [Fact]
    public void The_counts_and_the_options_of_the_run_are_told()
    {
        var summary = new DepartmentSummary { Added = 1, Removed = 2, Kept = 3, RolesSet = 4, DurationMs = 1500 };
        var row = LogRows.Of(
            Runs.Sound("me", prune: false, attempt: 2),
            new DepartmentOutcome(RunStatus.Partial, summary) { CrewCallId = Runs.CrewCall, FlexRequests = 7, FailedCount = 5 },
            summary, Noon, Noon.AddSeconds(1.5));

        Assert.Equal(
            (1, 2, 3, 4, 5, 7, 1500L), (row.Added, row.Removed, row.Kept, row.RolesSet, row.Failed, row.FlexRequests, row.DurationMs));
        Assert.Equal(
            (Runs.Job, "sound", "me", "correlation", "caller"),
            (row.JobId, row.Department, row.InstanceId, row.CorrelationId, row.TriggeredBy));
        Assert.Equal((false, 2, Noon, Noon.AddSeconds(1.5)), (row.PruneOrphans, row.Attempt, row.StartedAt, row.FinishedAt));
        Assert.Equal(Runs.CrewCall, row.CrewCallId);
    }

    [Fact]
    public void A_coalesced_run_does_not_count_what_the_other_did()
    {
        var row = Of(new DepartmentOutcome(RunStatus.Coalesced, new DepartmentSummary { Added = 3, Errors = ["x"], Coalesced = true }));

        Assert.Equal(0, row.Added);
        Assert.Null(row.ErrorsJson);
    }

    [Fact]
    public void What_failed_and_what_became_of_each_technician_is_a_document()
    {
        var row = Of(new DepartmentOutcome(
            RunStatus.Partial,
            new DepartmentSummary { Errors = ["an error"], BusinessRoleDiagnostics = ["a role"], Diagnostics = ["a diagnostic"] })
        {
            Technicians = [new TechnicianOutcome(Tech(1), "add failed", "why"), new TechnicianOutcome(null, "removal failed")],
        });

        using var document = JsonDocument.Parse(row.ErrorsJson!);
        Assert.Equal(
            $$"""{"errors":["an error"],"business_roles":["a role"],"diagnostics":["a diagnostic"],"technicians":[{"technician_id":"{{Tech(1)}}","outcome":"add failed","detail":"why"},{"technician_id":null,"outcome":"removal failed"}]}""",
            JsonSerializer.Serialize(document));
    }

    [Fact]
    public void Whatever_there_is_to_tell_makes_a_document()
    {
        DepartmentSummary[] summaries = [new() { Errors = ["an error"] }, new() { BusinessRoleDiagnostics = ["a role"] },
            new() { Diagnostics = ["a diagnostic"] }];
        Assert.All(summaries, summary => Assert.NotNull(Of(new DepartmentOutcome(RunStatus.Succeeded, summary)).ErrorsJson));
        Assert.NotNull(Of(Outcome(RunStatus.Succeeded) with { Technicians = [new TechnicianOutcome(Tech(1), "added")] }).ErrorsJson);
    }

    [Fact]
    public void Nothing_to_tell_is_no_document() => Assert.Null(AnyRow.ErrorsJson);

    private static DepartmentOutcome Outcome(RunStatus status) => new(status, new DepartmentSummary());

    private static SyncLogRow Of(DepartmentOutcome outcome, int attempt = 1) =>
        LogRows.Of(Runs.Sound(attempt: attempt), outcome, outcome.Summary, Noon, Noon);
}
