using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Sync;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Sync.Plan;

public class CrewDiffTests
{
    private static CrewDiff Of(DesiredContact[] desired, CrewRow[] rows, params FlexContact[] contacts) => CrewDiff.Of(desired, rows, contacts);

    [Fact]
    public void Somebody_who_is_mapped_to_their_contact_is_kept()
    {
        var diff = Of([Desired("r1", 1)], [Row(1, "l1")], Contact("L1", "R1", "set"));

        Assert.Equal([Tech(1)], diff.Kept);
        Assert.Empty(diff.Additions);
        Assert.Empty(diff.Removals);
        Assert.Empty(diff.RolesToSet);
    }

    [Fact]
    public void Somebody_who_is_missing_is_added() =>
        Assert.Equivalent(new[] { new Addition(Desired("r1", 1), [Tech(1)], null) }, Of([Desired("r1", 1)], []).Additions, strict: true);

    [Fact]
    public void A_contact_that_Flex_has_already_is_adopted() =>
        Assert.Equal("L1", Assert.Single(Of([Desired("r1", 1)], [], Contact("L1", "r1")).Additions).Existing?.LineItemId);

    [Fact]
    public void A_row_without_a_line_item_is_completed_by_the_add() => Assert.Single(Of([Desired("r1", 1)], [Row(1, null)]).Additions);

    [Fact]
    public void A_row_that_nobody_desires_is_to_go() => Assert.Equal([Row(2, "L2")], Of([Desired("r1", 1)], [Row(1, "L1"), Row(2, "L2")], Contact("L1", "r1")).Removals);

    [Fact]
    public void Who_shares_a_resource_is_mapped_to_the_contact_that_is_there()
    {
        var diff = Of([Desired("r1", 1, 2)], [Row(1, "L1")], Contact("L1", "r1"));

        Assert.Equal([Tech(1)], diff.Kept);
        var addition = Assert.Single(diff.Additions);
        Assert.Equal([Tech(2)], addition.TechnicianIds);
        Assert.Equal("L1", addition.Existing?.LineItemId);
    }

    [Fact]
    public void Of_two_contacts_the_mapped_one_counts() => Assert.Equal([Tech(1)], Of([Desired("r1", 1)], [Row(1, "L2")], Contact("L1", "r1"), Contact("L2", "r1")).Kept);

    [Fact]
    public void A_row_that_was_written_after_the_listing_is_believed() => Assert.Equal([Tech(1)], Of([Desired("r1", 1)], [Row(1, "new")]).Kept);

    [Fact]
    public void Who_shares_a_resource_with_it_is_mapped_to_its_line_item() =>
        Assert.Equal("new", Assert.Single(Of([Desired("r1", 1, 2)], [Row(1, "new")]).Additions).Existing?.LineItemId);

    /// <summary>Another contact of the resource may be older; whoever is mapped to a line that shows no resource keeps it.</summary>
    [Fact]
    public void A_line_whose_resource_is_not_told_is_believed_to_be_of_whom_the_table_maps_to_it()
    {
        var diff = Of([Desired("r1", 1, 2)], [Row(1, "L1")], Contact("L1", null, ""));

        Assert.Equal([Tech(1)], diff.Kept);
        Assert.Equal(Contact("L1", null, ""), Assert.Single(diff.Additions).Existing);
    }

    [Fact]
    public void A_line_of_another_resource_is_not_theirs()
    {
        var diff = Of([Desired("r1", 1)], [Row(1, "L9")], Contact("L9", "r9"));

        Assert.Empty(diff.Kept);
        Assert.Null(Assert.Single(diff.Additions).Existing);
    }

    [Fact]
    public void The_contact_that_Flex_shows_comes_before_a_row_that_it_does_not_show()
    {
        var diff = Of([Desired("r1", 1, 2)], [Row(1, "new")], Contact("L1", "r1"));

        Assert.Equal("L1", Assert.Single(diff.Additions).Existing?.LineItemId);
    }

    [Theory]
    [InlineData("", true), InlineData("somebody's choice", false), InlineData(null, false)]
    public void A_kept_contact_gets_a_business_role_only_where_the_listing_says_that_it_has_none(string? role, bool set) =>
        Assert.Equal(set, Of([Desired("r1", 1)], [Row(1, "L1")], Contact("L1", "r1", role)).RolesToSet.Count == 1);

    [Fact]
    public void Where_the_element_is_shared_everybody_is_mapped_to_the_oldest_contact()
    {
        FlexContact[] contacts = [Contact("L1", "r1"), Contact("L2", "r1")];

        var addition = Assert.Single(CrewDiff.Of([Desired("r1", 1)], [Row(1, "L2")], contacts, shared: true).Additions);

        Assert.Equal("L1", addition.Existing?.LineItemId);
        Assert.Equal([Tech(1)], CrewDiff.Of([Desired("r1", 1)], [Row(1, "L1")], contacts, shared: true).Kept);
        Assert.Equal([Tech(1)], CrewDiff.Of([Desired("r1", 1)], [Row(1, "L2")], contacts).Kept);
    }

    /// <summary>Else nobody would know any more that it is to go.</summary>
    [Fact]
    public void The_row_of_a_contact_that_could_not_be_deleted_stays_as_it_is()
    {
        var diff = CrewDiff.Of(
            [Desired("r1", 1, 2)], [Row(1, "L2")], [Contact("L1", "r1"), Contact("L2", "r1")], shared: true, undeleted: ["l2"]);

        Assert.Equal([Tech(1)], diff.Kept);
        Assert.Equal([Tech(2)], Assert.Single(diff.Additions).TechnicianIds);
    }
}
