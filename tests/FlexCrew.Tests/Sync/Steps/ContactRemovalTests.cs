using FlexCrew.Database;
using FlexCrew.Planning;
using FlexCrew.Sync;
using FlexCrew.Tests.Flex.CrewCalls;
using FlexCrew.Tests.Sync.Fakes;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Sync.Steps;

/// <summary>Contacts that go, by the steps PruneOrphans and RemoveLeftovers.</summary>
public sealed class ContactRemovalTests
{
    private readonly MemoryFlex flex = new();
    private readonly MemoryDatabase database;

    public ContactRemovalTests() => database = new MemoryDatabase(flex.Time);

    [Fact]
    public async Task Contacts_go_and_then_their_rows()
    {
        flex.With("r1", "r8", "r9");
        database.Rows.AddRange([Row(1, "line-r1"), Row(8, "LINE-R8"), Row(7, null)]);
        var contacts = new[] { Deletion("line-r8", "r8", Row(8, "LINE-R8")), Deletion("line-r9", "r9") };

        var removed = await PruneAsync(contacts);

        Assert.Equal(["r1"], flex.Lines.Select(line => line.ResourceId));
        Assert.Equal(contacts, removed.Deleted);
        Assert.Equal([Tech(1), Tech(7)], database.Rows.Select(row => row.TechnicianId));
        Assert.Empty(removed.Failed);
        Assert.Empty(removed.Spared);
        Assert.Empty(removed.Rows);
        Assert.Null(removed.RowFailure);
    }

    [Fact]
    public async Task Rows_without_a_contact_to_delete_cost_no_request()
    {
        database.Rows.Add(Row(2, null));

        var removed = await RemoveAsync([Leaving(2, null)]);

        Assert.Equal((0, 0, 0), (flex.Writes, flex.Listings, database.Rows.Count));
        Assert.Equal([Tech(2)], removed.Rows.Select(deletion => deletion.Row.TechnicianId));
    }

    [Fact]
    public async Task The_row_of_a_contact_that_Flex_did_not_delete_stays()
    {
        flex.With("r8");
        flex.Fates.Enqueue(Fate.Refused);
        database.Rows.Add(Row(8, "line-r8"));

        var removed = await PruneAsync(Deletion("line-r8", "r8", Row(8, "line-r8")));

        Assert.Equal("line-r8", Assert.Single(removed.Failed).LineItemId);
        Assert.Empty(removed.Deleted);
        Assert.Equal((1, 0), (database.Rows.Count, database.Writes));
    }

    [Fact]
    public async Task A_row_that_was_written_since_it_was_read_stays()
    {
        flex.With("old");
        database.Rows.Add(Row(1, "new"));

        await PruneAsync(Deletion("line-old", "old", Row(1, "line-old")));

        Assert.Equal([Row(1, "new")], database.Rows);
    }

    [Fact]
    public async Task Whoever_was_assigned_meanwhile_is_spared_and_the_others_go()
    {
        flex.With("r8", "r9");
        database.Rows.AddRange([Row(8, "line-r8"), Row(9, "line-r9")]);
        database.Assignments.Add(Assigned(8, sound: "SND-PA-T", resource: "R8"));

        var removed = await PruneAsync(Deletion("line-r8", "r8", Row(8, "line-r8")), Deletion("line-r9", "r9", Row(9, "line-r9")));

        Assert.Equal(["line-r8"], removed.Spared.Select(contact => contact.LineItemId));
        Assert.Equal(["line-r9"], removed.Deleted.Select(contact => contact.LineItemId));
        Assert.Equal(["line-r8"], flex.Lines.Select(line => line.LineItemId));
        Assert.Equal([Tech(8)], database.Rows.Select(row => row.TechnicianId));
        Assert.Equal(0, flex.Scope.Unknowns);
    }

    [Theory]
    [InlineData(DeletionReason.NotDesired)]
    [InlineData(DeletionReason.Duplicate)]
    [InlineData(DeletionReason.Replaced)]
    [InlineData(DeletionReason.ReplacedDuplicate)]
    public async Task A_contact_that_another_program_mapped_meanwhile_to_somebody_who_cannot_be_added_stays(DeletionReason reason)
    {
        flex.With("r8");
        database.Rows.Add(Row(8, "LINE-R8"));
        database.Assignments.Add(Assigned(8, sound: "SND-PA-T", resource: null));

        var removed = await PruneAsync(Deletion("line-r8", "r8") with { Reason = reason });

        Assert.Equal((1, 1, 1), (removed.Spared.Count, flex.Lines.Count, database.Rows.Count));
    }

    [Fact]
    public async Task A_second_contact_goes_although_another_program_mapped_it_to_somebody_whom_the_first_one_serves()
    {
        flex.With("r8");
        database.Rows.Add(Row(8, "line-r8"));
        database.Assignments.Add(Assigned(8, sound: "SND-PA-T", resource: "r8"));

        var removed = await PruneAsync(Deletion("line-r8", "r8") with { Reason = DeletionReason.Duplicate });

        Assert.Equal((1, 0), (removed.Deleted.Count, flex.Lines.Count));
    }

    [Fact]
    public async Task A_contact_that_a_linked_crew_call_maps_by_now_stays()
    {
        flex.With("r8");
        database.Linked.Add(new LinkedCallRow(Tech(90), Runs.Job, "lights"));
        database.LinkedLines.Add("line-r8");

        Assert.Single((await PruneAsync(Deletion("line-r8", "r8"))).Spared);
        Assert.Single(flex.Lines);
    }

    /// <summary>A second crew call of the same department is not synced, so that what it maps is nobody's.</summary>
    [Fact]
    public async Task A_contact_that_only_a_younger_crew_call_of_the_department_maps_goes()
    {
        flex.With("r8");
        database.Linked.Add(new LinkedCallRow(Tech(90), Runs.Job, "sound"));
        database.LinkedLines.Add("line-r8");

        Assert.Single((await PruneAsync(Deletion("line-r8", "r8"))).Deleted);
    }

    [Fact]
    public async Task Who_is_taken_off_loses_the_row_alone_when_another_program_mapped_somebody_else_to_the_contact()
    {
        flex.With("r8");
        database.Rows.AddRange([Row(8, "line-r8"), Row(9, "line-r8")]);

        var removed = await RemoveAsync(
            [], Deletion("line-r8", "r8", Row(8, "line-r8")) with { Reason = DeletionReason.TakenOff });

        Assert.Equal((1, 1), (removed.Spared.Count, flex.Lines.Count));
        Assert.Equal([Tech(9)], database.Rows.Select(row => row.TechnicianId));
    }

    [Fact]
    public async Task Whoever_was_assigned_meanwhile_keeps_their_row_although_it_was_left_over()
    {
        database.Rows.AddRange([Row(8, null), Row(9, null)]);
        database.Assignments.Add(Assigned(8, sound: "SND-PA-T", resource: null));

        var removed = await RemoveAsync([Leaving(8, null), Leaving(9, null)]);

        Assert.Equal([Tech(8)], database.Rows.Select(row => row.TechnicianId));
        Assert.Equal([Tech(9)], removed.Rows.Select(deletion => deletion.Row.TechnicianId));
    }

    /// <summary>Nothing can be between the question and the request; so the answer is asked for once more after it.</summary>
    [Fact]
    public async Task Whoever_was_assigned_in_the_moment_of_the_deletion_is_brought_back_by_one_more_sync()
    {
        flex.With("r8");
        database.OnCall = method =>
            { if (method == "DesiredAsync") database.Assignments.Add(Assigned(8, sound: "SND-PA-T", resource: "r8")); };

        var removed = await PruneAsync(Deletion("line-r8", "r8"));

        Assert.Single(removed.Deleted);
        Assert.Equal((1, 1), (flex.Scope.Unknowns, database.Passes));
    }

    [Theory]
    [InlineData("Pass", 0, 1)]
    [InlineData("DesiredAsync", 1, 0)]
    public async Task Who_loses_the_fence_deletes_no_further(string lostAt, int deleted, int left)
    {
        flex.With("r8");
        database.Rows.Add(Row(8, "line-r8"));
        database.OnCall = method => { if (method == lostAt) database.Token++; };

        var removed = await PruneAsync(Deletion("line-r8", "r8", Row(8, "line-r8")));

        Assert.Equal((deleted, left, 1), (removed.Deleted.Count, flex.Lines.Count, database.Rows.Count));
        Assert.Equal(FailureKind.LeaseLost, (removed.RowFailure ?? Assert.Single(removed.Failed).Failure).Kind);
    }

    [Fact]
    public async Task Rows_stay_where_the_fence_is_lost_in_the_last_moment()
    {
        database.Rows.Add(Row(9, null));
        database.OnCall = method => { if (method == "DeleteAsync") database.Token++; };

        var failed = await Assert.ThrowsAsync<StepFailedException>(() => RemoveAsync([Leaving(9, null)]));
        Assert.Equal(FailureKind.LeaseLost, failed.Failure.Kind);
        Assert.Single(database.Rows);
    }

    [Fact]
    public async Task A_database_that_is_away_before_anything_went_fails_the_step()
    {
        database.Rows.Add(Row(9, null));
        database.Break("DeleteAsync");

        await Assert.ThrowsAsync<DatabaseException>(() => RemoveAsync([Leaving(9, null)]));
    }

    [Fact]
    public async Task What_went_in_Flex_is_told_although_the_rows_could_not_be_deleted()
    {
        flex.With("r8");
        database.Rows.Add(Row(8, "line-r8"));
        database.Break("DeleteAsync");

        var removed = await PruneAsync(Deletion("line-r8", "r8", Row(8, "line-r8")));

        Assert.Single(removed.Deleted);
        Assert.Equal((FailureKind.Database, true), (removed.RowFailure!.Kind, removed.RowFailure.Retryable));
        Assert.Single(database.Rows);
    }

    [Fact]
    public async Task A_replaced_contact_goes_and_the_row_that_maps_the_new_one_stays()
    {
        flex.With("old", "new");
        database.Rows.Add(Row(1, "line-new"));
        database.Assignments.Add(Assigned(1, sound: "SND-PA-T", resource: "new"));

        var removed = await RemoveAsync([], Deletion("line-old", "old", Row(1, "line-old")) with { Reason = DeletionReason.Replaced });

        Assert.Equal(["new"], flex.Lines.Select(line => line.ResourceId));
        Assert.Equal([Row(1, "line-new")], database.Rows);
        Assert.Single(removed.Deleted);
    }

    [Fact]
    public async Task An_add_that_was_begun_has_ended_when_its_contact_is_gone()
    {
        flex.With("r8");
        database.Begin(Tech(8), "R8", TimeSpan.FromMinutes(1));
        database.Begin(Tech(9), "r9", TimeSpan.FromMinutes(1));

        await PruneAsync(Deletion("line-r8", "r8"));

        Assert.Equal([Tech(9)], database.Intents.Keys);
    }

    private Task<RemovedContacts> PruneAsync(params ContactDeletion[] contacts) =>
        new PruneStep(Removal()).RunAsync(new PruneInput(Runs.Context, Runs.Target, contacts), flex.Scope, default);

    private Task<RemovedContacts> RemoveAsync(RowDeletion[] rows, params ContactDeletion[] contacts) =>
        new RemoveStep(Removal()).RunAsync(new RemoveInput(Runs.Context, Runs.Target, rows, contacts), flex.Scope, default);

    private ContactRemoval Removal() => new(flex.Client(), database, new WriteGuards(database, database, database, flex.Time));
}
