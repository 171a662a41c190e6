using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Sync;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Sync.Plan;

public class PrunePlanTests
{
    private static IEnumerable<string> Goes(DesiredContact[] desired, FlexContact[] contacts, CrewRow[] rows, bool prune = true) =>
        PrunePlan.Of(desired, contacts, rows, prune).Select(planned => planned.Contact.LineItemId);

    [Fact]
    public void A_contact_that_nobody_desires_goes() =>
        Assert.Equal(["L2"], Goes([Desired("r1", 1)], [Contact("L1", "r1"), Contact("L2", "r2")], []));

    [Fact]
    public void Without_pruning_it_goes_only_where_the_table_maps_it() =>
        Assert.Equal(["L3"], Goes([], [Contact("L2", "r2"), Contact("L3", "r3")], [Row(3, "L3")], prune: false));

    [Fact]
    public void Of_two_contacts_of_a_desired_resource_the_mapped_one_stays() =>
        Assert.Equal(["L1"], Goes([Desired("r1", 1)], [Contact("L1", "r1"), Contact("L2", "r1")], [Row(1, "l2")]));

    [Fact]
    public void Of_two_mapped_ones_that_of_a_desired_technician_stays() =>
        Assert.Equal(["L1"], Goes([Desired("r1", 1)], [Contact("L1", "r1"), Contact("L2", "r1")], [Row(9, "L1"), Row(1, "L2")]));

    [Fact]
    public void One_mapped_to_somebody_nobody_desires_stays_before_one_that_is_not_mapped() =>
        Assert.Equal(["L1"], Goes([Desired("r1", 1)], [Contact("L1", "r1"), Contact("L2", "r1")], [Row(9, "L2")]));

    [Fact]
    public void A_line_stays_where_one_of_those_mapped_to_it_is_desired() =>
        Assert.Empty(Goes([Desired("r1", 1)], [Contact("L1", null)], [Row(9, "L1"), Row(1, "L1")]));

    [Fact]
    public void Of_two_mapped_ones_that_of_one_of_those_who_share_it_stays() =>
        Assert.Equal(["L1"], Goes([Desired("r1", 1, 2)], [Contact("L1", "r1"), Contact("L2", "r1")], [Row(9, "L1"), Row(8, "L2"), Row(2, "L2")]));

    [Fact]
    public void Of_two_that_nobody_mapped_the_one_listed_first_stays() =>
        Assert.Equal(["L2"], Goes([Desired("r1", 1)], [Contact("L1", "r1"), Contact("L2", "R1")], []));

    [Fact]
    public void Without_pruning_a_duplicate_that_somebody_added_by_hand_stays() =>
        Assert.Empty(Goes([Desired("r1", 1)], [Contact("L1", "r1"), Contact("L2", "r1")], [Row(1, "L1")], prune: false));

    [Fact]
    public void Each_reason_is_told() =>
        Assert.Equal(
            [PrunePlan.Duplicate, PrunePlan.NotDesired],
            PrunePlan.Of([Desired("r1", 1)], [Contact("L1", "r1"), Contact("L2", "r1"), Contact("L3", "r3")], [], true).Select(planned => planned.Reason));

    [Fact]
    public void A_line_whose_resource_is_not_told_goes_only_with_a_technician_nobody_desires() =>
        Assert.Equal(["L3"], Goes([Desired("r1", 1)], [Contact("L1", null), Contact("L2", null), Contact("L3", null)], [Row(1, "L2"), Row(3, "L3")]));

    [Fact]
    public void Ids_that_differ_in_case_are_the_same() =>
        Assert.Empty(Goes([Desired("ABC", 1)], [Contact("L1", "abc")], [Row(1, "l1")]));

    private static IEnumerable<string> GoesShared(DesiredContact[] desired, FlexContact[] contacts, CrewRow[] rows, params string[] siblings) =>
        PrunePlan.Of(desired, contacts, rows, true, siblings).Select(planned => planned.Contact.LineItemId);

    [Fact]
    public void Where_the_element_is_shared_a_contact_that_the_table_does_not_map_stays() =>
        Assert.Equal(["L3"], GoesShared([Desired("r1", 1)], [Contact("L1", "r1"), Contact("L2", "r2"), Contact("L3", "r3")], [Row(3, "L3")]));

    [Fact]
    public void A_contact_that_a_sibling_maps_stays_whoever_else_does() =>
        Assert.Empty(GoesShared(
            [Desired("r1", 1)],
            [Contact("L1", "r1"), Contact("L2", "r1"), Contact("L3", "r3"), Contact("L4", null)],
            [Row(1, "L2"), Row(3, "L3"), Row(4, "L4")],
            "l2", "l3", "l4"));

    [Fact]
    public void Of_two_contacts_of_a_desired_resource_the_oldest_stays_where_the_element_is_shared_and_the_mapped_one_goes() =>
        Assert.Equal(["L2"], GoesShared([Desired("r1", 1)], [Contact("L1", "r1"), Contact("L2", "r1")], [Row(1, "L2")], "L1"));

    [Fact]
    public void Siblings_choose_the_same_of_two_so_that_the_one_with_the_oldest_has_nothing_to_delete() =>
        Assert.Empty(GoesShared([Desired("r1", 1)], [Contact("L1", "r1"), Contact("L2", "r1")], [Row(1, "L1")], "L2"));

    [Fact]
    public void A_mapped_contact_that_goes_for_an_older_one_is_told_to_be_a_duplicate() =>
        Assert.Equal(
            [PrunePlan.Duplicate],
            PrunePlan.Of([Desired("r1", 1)], [Contact("L1", "r1"), Contact("L2", "r1")], [Row(1, "L2")], false, []).Select(planned => planned.Reason));
}
