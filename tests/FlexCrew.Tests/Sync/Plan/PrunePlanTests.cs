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
}
