using FlexCrew.Sync;
using FlexCrew.Tests.Flex.CrewCalls;
using FlexCrew.Tests.Sync.Fakes;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Sync.Steps;

public sealed class RemoveStepTests
{
    private readonly MemoryFlex flex = new();
    private readonly MemoryTable table = new();

    [Fact]
    public async Task Contacts_go_and_the_rows_with_them()
    {
        flex.With("r1", "r2");
        table.Rows.AddRange([Row(1, "line-r1"), Row(2, null), Row(3, "line-of-nobody")]);

        var removed = await RunAsync("line-r1");

        Assert.Equal(["r2"], flex.Lines.Select(line => line.ResourceId));
        Assert.Empty(table.Rows);
        Assert.Equal([Tech(1), Tech(2), Tech(3)], removed.TechnicianIds);
        Assert.Equal(["line-r1"], removed.DeletedContacts);
        Assert.Empty(removed.Failed);
    }

    [Fact]
    public async Task Rows_without_a_contact_to_delete_cost_no_request()
    {
        table.Rows.Add(Row(2, null));

        await RunAsync();

        Assert.Equal((0, 0, 0), (flex.Writes, flex.Listings, table.Rows.Count));
    }

    [Fact]
    public async Task The_row_of_a_contact_that_Flex_did_not_delete_stays()
    {
        flex.With("r1");
        flex.Fates.Enqueue(Fate.Refused);
        table.Rows.Add(Row(1, "LINE-R1"));

        var removed = await RunAsync("line-r1");

        Assert.Empty(removed.TechnicianIds);
        Assert.Equal("line-r1", Assert.Single(removed.Failed).LineItemId);
        Assert.Single(table.Rows);
        Assert.Equal(0, table.Writes);
    }

    [Fact]
    public async Task Of_a_contact_that_a_sibling_maps_only_the_row_goes()
    {
        flex.With("r1", "r2");
        table.Rows.AddRange([Row(1, "line-r1"), Row(2, "line-r2")]);
        table.SiblingLines.Enqueue(["LINE-R1", "line-r9"]);

        var removed = await RunSharedAsync("line-r1", "line-r2");

        Assert.Equal(["r1"], flex.Lines.Select(line => line.ResourceId));
        Assert.Empty(table.Rows);
        Assert.Equal([Tech(1), Tech(2)], removed.TechnicianIds);
        Assert.Equal(["line-r2"], removed.DeletedContacts);
    }

    /// <summary>Both found the other's row, and left the contact to the other.</summary>
    [Fact]
    public async Task A_contact_that_a_sibling_drops_at_the_same_time_goes_after_the_row()
    {
        flex.With("r1");
        table.Rows.Add(Row(1, "line-r1"));
        table.SiblingLines.Enqueue(["line-r1"]);
        table.SiblingLines.Enqueue([]);

        var removed = await RunSharedAsync("line-r1");

        Assert.Empty(flex.Lines);
        Assert.Empty(table.Rows);
        Assert.Equal(["line-r1"], removed.DeletedContacts);
    }

    [Fact]
    public async Task Siblings_are_asked_for_only_where_the_element_is_shared_and_a_contact_is_to_go()
    {
        flex.With("r1");
        table.Rows.Add(Row(2, null));
        await RunSharedAsync();
        await RunAsync("line-r1");

        Assert.Equal(0, table.SiblingReads);
    }

    private Task<RemovedRows> RunSharedAsync(params string[] contacts) => new RemoveStep(flex.Client(), table).RunAsync(
        new RemoveInput(Runs.Context, Guid.Empty, "element", [.. table.Rows], contacts, Shared: true), flex.Scope, default);

    private Task<RemovedRows> RunAsync(params string[] contacts) => new RemoveStep(flex.Client(), table).RunAsync(
        new RemoveInput(Runs.Context, Guid.Empty, "element", [.. table.Rows], contacts), flex.Scope, default);
}
