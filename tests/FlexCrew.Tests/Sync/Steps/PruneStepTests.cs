using FlexCrew.Sync;
using FlexCrew.Tests.Flex.CrewCalls;
using FlexCrew.Tests.Sync.Fakes;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Sync.Steps;

public sealed class PruneStepTests
{
    private readonly MemoryFlex flex = new();
    private readonly MemoryTable table = new();

    [Fact]
    public async Task A_crew_without_orphans_is_listed_and_left_alone()
    {
        flex.With("r1");
        table.Rows.Add(Row(1, "line-r1"));

        var pruned = await RunAsync(Desired("r1", 1));

        Assert.Equal((1, 0, 0, 0), (pruned.Scanned, pruned.Planned, flex.Writes, table.Writes));
        Assert.Equal(table.Rows, pruned.Rows);
    }

    [Fact]
    public async Task Orphans_go_with_their_rows_and_what_is_left_is_told()
    {
        flex.With("r1", "r8", "r9");
        table.Rows.AddRange([Row(1, "line-r1"), Row(8, "LINE-R8"), Row(7, null)]);

        var pruned = await RunAsync(Desired("r1", 1));

        Assert.Equal((3, 2), (pruned.Scanned, pruned.Planned));
        Assert.Equal(["r1"], flex.Lines.Select(line => line.ResourceId));
        Assert.Equal(["line-r1"], pruned.Contacts.Select(contact => contact.LineItemId));
        Assert.Equal([("line-r8", "r8", 1), ("line-r9", "r9", 0)], pruned.Deleted.Select(gone => (gone.LineItemId, gone.ResourceId, gone.TechnicianIds.Count)));
        Assert.Equal([Tech(8)], pruned.Deleted[0].TechnicianIds);
        Assert.Equal([Tech(1), Tech(7)], table.Rows.Select(row => row.TechnicianId));
        Assert.Equal(table.Rows, pruned.Rows);
    }

    [Fact]
    public async Task An_orphan_without_a_row_costs_no_statement()
    {
        flex.With("r9");

        await RunAsync();

        Assert.Empty(flex.Lines);
        Assert.Equal(0, table.Writes);
    }

    [Fact]
    public async Task The_row_of_a_contact_that_Flex_did_not_delete_stays()
    {
        flex.With("r8");
        flex.Fates.Enqueue(Fate.Refused);
        table.Rows.Add(Row(8, "line-r8"));

        var pruned = await RunAsync();

        Assert.Equal("line-r8", Assert.Single(pruned.Failed).LineItemId);
        Assert.Empty(pruned.Deleted);
        Assert.Single(pruned.Contacts);
        Assert.Single(table.Rows);
        Assert.Single(pruned.Rows);
    }

    [Fact]
    public async Task A_listing_that_failed_fails_the_step_and_nothing_is_deleted()
    {
        flex.With("r8");
        flex.ListingFailures.Enqueue(new Failure(FailureKind.FlexToken, "The Flex token was refused"));

        var failed = await Assert.ThrowsAsync<StepFailedException>(() => RunAsync());

        Assert.Equal((FailureKind.FlexToken, "Flex listing failed: The Flex token was refused"), (failed.Failure.Kind, failed.Failure.Message));
        Assert.Single(flex.Lines);
    }

    [Fact]
    public async Task A_contact_that_a_sibling_maps_stays_and_so_does_its_row()
    {
        flex.With("r8", "r9");
        table.Rows.AddRange([Row(8, "line-r8"), Row(9, "line-r9")]);
        table.SiblingLines.Enqueue(["LINE-R8"]);

        var pruned = await RunSharedAsync();

        Assert.Equal(["r8"], flex.Lines.Select(line => line.ResourceId));
        Assert.Equal([Row(8, "line-r8")], table.Rows);
        Assert.Equal(["line-r9"], pruned.Deleted.Select(gone => gone.LineItemId));
        Assert.Equal(["line-r8"], pruned.Contacts.Select(contact => contact.LineItemId));
    }

    [Fact]
    public async Task Of_two_contacts_the_later_one_goes_with_its_row_where_the_element_is_shared()
    {
        flex.Lines.AddRange([Contact("L1", "r1"), Contact("L2", "r1")]);
        table.Rows.Add(Row(1, "L2"));
        table.SiblingLines.Enqueue(["L1"]);

        await RunSharedAsync(Desired("r1", 1));

        Assert.Equal(["L1"], flex.Lines.Select(line => line.LineItemId));
        Assert.Empty(table.Rows);
    }

    [Fact]
    public async Task Siblings_are_asked_for_once_and_only_where_the_element_is_shared()
    {
        await RunAsync();
        Assert.Equal(0, table.SiblingReads);

        await RunSharedAsync();
        Assert.Equal(1, table.SiblingReads);
    }

    private Task<PrunedCrew> RunSharedAsync(params DesiredContact[] desired) => new PruneStep(flex.Client(), table).RunAsync(
        new PruneInput(Runs.Context, Guid.Empty, "element", desired, PruneOrphans: false, Shared: true), flex.Scope, default);

    private Task<PrunedCrew> RunAsync(params DesiredContact[] desired) => new PruneStep(flex.Client(), table).RunAsync(
        new PruneInput(Runs.Context, Guid.Empty, "element", desired, PruneOrphans: true), flex.Scope, default);
}
