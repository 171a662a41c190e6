using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Sync;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Sync.Plan;

public class StaleRowsTests
{
    private static IReadOnlyList<CrewRow> Of(DesiredContact[] desired, FlexContact[] contacts, params CrewRow[] rows) => StaleRows.Of(desired, contacts, rows);

    [Fact]
    public void A_row_whose_line_item_Flex_has_is_good() => Assert.Empty(Of([Desired("r1", 1)], [Contact("L1", "r1")], Row(1, "l1")));

    [Fact]
    public void A_row_whose_line_item_is_gone_is_stale() => Assert.Equal([Row(1, "L9")], Of([Desired("r1", 1)], [Contact("L1", "r1")], Row(1, "L9")));

    [Fact]
    public void A_row_that_maps_another_resources_contact_is_stale() =>
        Assert.Equal([Row(1, "L2")], Of([Desired("r1", 1)], [Contact("L2", "r2")], Row(1, "L2")));

    [Fact]
    public void The_row_of_somebody_whom_nobody_desires_is_left_to_the_removal() => Assert.Empty(Of([], [Contact("L2", "r2")], Row(1, "L2")));

    [Fact]
    public void A_row_without_a_line_item_waits_for_the_add_to_give_it_one() => Assert.Empty(Of([Desired("r1", 1)], [], Row(1, null)));

    [Fact]
    public void Of_two_rows_of_a_technician_the_oldest_good_one_stays() =>
        Assert.Equal([Row(1, "L1", id: 8)], Of([Desired("r1", 1)], [Contact("L1", "r1")], Row(1, "L1", id: 7), Row(1, "L1", id: 8)));

    [Fact]
    public void A_second_row_with_a_line_item_is_better_than_a_first_without() =>
        Assert.Equal([Row(1, null, id: 7)], Of([Desired("r1", 1)], [Contact("L1", "r1")], Row(1, null, id: 7), Row(1, "L1", id: 8)));

    [Fact]
    public void Of_rows_that_are_all_contradicted_none_stays() =>
        Assert.Equal(2, Of([Desired("r1", 1)], [], Row(1, "L1", id: 7), Row(1, "L2", id: 8)).Count);

    [Fact]
    public void A_line_whose_resource_is_not_told_contradicts_nobody() => Assert.Empty(Of([Desired("r1", 1)], [Contact("L1", null)], Row(1, "L1")));
}
