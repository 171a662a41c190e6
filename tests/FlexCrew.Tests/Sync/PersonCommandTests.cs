using FlexCrew.Contract;
using FlexCrew.Database;
using FlexCrew.Planning;
using FlexCrew.Sync;
using FlexCrew.Tests.Flex.CrewCalls;
using FlexCrew.Tests.Locking;
using FlexCrew.Tests.Sync.Fakes;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Sync;

/// <summary>A command for one person, through the flow and the steps of a sync.</summary>
public sealed class PersonCommandTests
{
    private readonly MemoryFlex flex = new();
    private readonly MemoryDatabase database;
    private readonly FakeHost host = new();

    public PersonCommandTests()
    {
        database = new MemoryDatabase(flex.Time) { Holder = null };
        for (var number = 1; number <= 4; number++) database.People.Add(new PersonRow(Tech(number), $"res-{number}", null));
    }

    [Fact]
    public async Task An_add_places_the_person_and_nobody_else()
    {
        Assign(1, 2);

        var summary = await RunAsync(PersonAction.Add, 1);

        Assert.Equal((1, 1), (summary.Added, summary.RolesSet));
        var line = Assert.Single(flex.Lines);
        Assert.Equal(("res-1", line.LineItemId), (line.ResourceId, summary.FlexLineItemId));
        Assert.Equal([Tech(1)], database.Rows.Select(row => row.TechnicianId));
    }

    [Fact]
    public async Task An_add_prunes_nobody_and_leaves_the_rows_of_others_that_Flex_contradicts()
    {
        flex.With("res-9");
        database.Rows.AddRange([Row(2, "gone"), Row(3, null)]);

        await RunAsync(PersonAction.Add, 1);

        Assert.Equal(["res-9", "res-1"], flex.Lines.Select(line => line.ResourceId));
        Assert.Equal([Row(2, "gone"), Row(3, null)], database.Rows.Take(2));
    }

    [Fact]
    public async Task Somebody_who_is_there_already_is_adopted()
    {
        Assign(1);
        flex.With("res-1");

        var summary = await RunAsync(PersonAction.Add, 1);

        Assert.Equal((1, "line-res-1"), (summary.Added, summary.FlexLineItemId));
        Assert.Single(flex.Lines);
    }

    [Fact]
    public async Task Somebody_who_is_right_already_only_gets_the_business_role_that_is_missing()
    {
        Assign(1);
        flex.With("res-1");
        database.Rows.Add(Row(1, "line-res-1"));

        var summary = await RunAsync(PersonAction.Add, 1);

        Assert.Equal((0, 1, 1, "line-res-1"), (summary.Added, summary.Kept, summary.RolesSet, summary.FlexLineItemId));
        Assert.Equal(1, flex.Writes);
    }

    [Fact]
    public async Task Somebody_whose_contact_is_gone_is_added_anew()
    {
        Assign(1);
        database.Rows.Add(Row(1, "gone"));

        var summary = await RunAsync(PersonAction.Add, 1);

        Assert.Equal(1, summary.Added);
        Assert.Equal(Assert.Single(flex.Lines).LineItemId, Assert.Single(database.Rows).LineItemId);
    }

    [Fact]
    public async Task A_removal_takes_the_person_off_although_they_are_assigned()
    {
        Assign(1, 2);
        flex.With("res-1", "res-2");
        database.Rows.AddRange([Row(1, "line-res-1"), Row(2, "line-res-2")]);

        var summary = await RunAsync(PersonAction.Remove, 1);

        Assert.Equal(1, summary.Removed);
        Assert.Equal(["res-2"], flex.Lines.Select(line => line.ResourceId));
        Assert.Equal([Tech(2)], database.Rows.Select(row => row.TechnicianId));
    }

    [Fact]
    public async Task A_row_without_a_line_item_is_removed_with_the_contact_of_the_resource()
    {
        flex.With("res-1", "res-2");
        database.Rows.Add(Row(1, null));

        Assert.Equal(1, (await RunAsync(PersonAction.Remove, 1)).Removed);

        Assert.Equal(["res-2"], flex.Lines.Select(line => line.ResourceId));
        Assert.Empty(database.Rows);
    }

    [Fact]
    public async Task Where_Flex_has_no_contact_any_more_the_row_goes_and_the_answer_says_so()
    {
        flex.With("res-2");
        database.Rows.Add(Row(1, "gone"));

        var summary = await RunAsync(PersonAction.Remove, 1);

        Assert.Equal((1, null), (summary.Removed, summary.Errors));
        Assert.Contains("Flex has no contact of this technician any more", Assert.Single(summary.Diagnostics!), StringComparison.Ordinal);
        Assert.Single(flex.Lines);
        Assert.Empty(database.Rows);
    }

    [Fact]
    public async Task Who_is_not_on_the_crew_call_cannot_be_taken_off_and_a_contact_placed_by_hand_stays()
    {
        flex.With("res-1");

        var summary = await RunAsync(PersonAction.Remove, 1);

        Assert.Equal((0, null), (summary.Removed, summary.Errors));
        Assert.Single(flex.Lines);
    }

    [Fact]
    public async Task The_row_of_a_contact_that_Flex_keeps_stays()
    {
        flex.With("res-1");
        database.Rows.Add(Row(1, "line-res-1"));
        for (var i = 0; i < 9; i++) flex.Fates.Enqueue(Fate.Refused);

        var summary = await RunAsync(PersonAction.Remove, 1);

        Assert.Contains("Removal failed", Assert.Single(summary.Errors!), StringComparison.Ordinal);
        Assert.Single(database.Rows);
    }

    [Fact]
    public async Task The_contact_stays_while_somebody_else_is_mapped_to_it()
    {
        flex.With("res-1");
        database.Rows.AddRange([Row(1, "line-res-1"), Row(2, "line-res-1")]);

        var summary = await RunAsync(PersonAction.Remove, 1);

        Assert.Equal(1, summary.Removed);
        Assert.Single(flex.Lines);
        Assert.Equal([Tech(2)], database.Rows.Select(row => row.TechnicianId));
    }

    [Fact]
    public async Task A_run_that_has_lost_the_fence_takes_nobody_off()
    {
        flex.With("res-1");
        database.Rows.Add(Row(1, "line-res-1"));
        database.OnCall = method => { if (method == "Pass") database.Token++; };

        var summary = await RunAsync(PersonAction.Remove, 1);

        Assert.Contains("has taken this crew call over", Assert.Single(summary.Errors!), StringComparison.Ordinal);
        Assert.Single(flex.Lines);
        Assert.Single(database.Rows);
    }

    /// <summary>An add that Flex commits late makes a second contact: a minute later the same command looks, and deletes it.</summary>
    [Fact]
    public async Task The_retry_of_an_add_whose_outcome_was_unknown_deletes_a_second_contact_of_the_person()
    {
        Assign(1);
        flex.Fates.Enqueue(Fate.DoneAnswerLost);
        await RunAsync(PersonAction.Add, 1);
        var row = Assert.Single(database.Logged);
        Assert.Equal(("add", Tech(1), true), (row.Kind, row.TechnicianId!.Value, row.PruneOrphans));
        Assert.NotNull(row.RetryAfter);
        flex.With("res-1", "res-2");

        await RunAsync(PersonAction.Add, 1, prune: row.PruneOrphans);

        Assert.Equal(["res-1", "res-2"], flex.Lines.Select(line => line.ResourceId).Order());
        Assert.Contains(flex.Lines, line => line.LineItemId == Assert.Single(database.Rows).LineItemId);
    }

    [Fact]
    public async Task No_sync_answers_a_command_and_no_command_a_sync()
    {
        Assign(1, 2);
        var leases = new MemoryLeases(() => host.UtcNow);
        leases.HeldBy("other");
        host.OnWait = () => leases.Give("other", summary: "a sync that began later");

        var command = await RunAsync(PersonAction.Add, 1, leases: leases);
        Assert.Equal("a sync that began later", leases.State.LastCompleted?.Summary);
        var sync = await CrewCallSync.RunAsync(Runs.Sound("sync"), Steps, leases, host);

        Assert.Null(command.Coalesced);
        Assert.Equal((1, 1, null), (sync.Added, sync.Kept, sync.Coalesced));
    }

    private RealSteps Steps => new(database, flex);

    private void Assign(params int[] technicians)
    {
        foreach (var number in technicians) database.Assignments.Add(Assigned(number, sound: "SND-PA-T"));
    }

    private Task<DepartmentSummary> RunAsync(PersonAction action, int technician, bool prune = false, MemoryLeases? leases = null)
    {
        var run = Runs.Sound(prune: prune);
        run = run with { Request = run.Request with { Person = new PersonCommand(Tech(technician), action) } };
        return CrewCallSync.RunAsync(run, Steps, leases ?? new MemoryLeases(() => host.UtcNow), host);
    }
}
