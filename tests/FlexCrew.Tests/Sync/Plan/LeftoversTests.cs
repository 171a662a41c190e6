using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Sync;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Sync.Plan;

public class LeftoversTests
{
    private static IReadOnlyList<string> Of(CrewRow[] leftovers, DesiredContact[] desired, CrewRow[] rows, params FlexContact[] contacts) =>
        Leftovers.ContactsToDelete(leftovers, desired, rows, contacts);

    [Fact]
    public void The_contact_of_a_leftover_row_goes_with_it() => Assert.Equal(["L2"], Of([Row(2, "L2")], [], [Row(2, "L2")], Contact("L2", "r2")));

    [Fact]
    public void It_stays_where_another_row_maps_it() => Assert.Empty(Of([Row(2, "L1")], [Desired("r1", 1)], [Row(1, "l1"), Row(2, "L1")]));

    [Fact]
    public void It_stays_where_its_resource_is_desired() => Assert.Empty(Of([Row(2, "L1")], [Desired("R1", 1)], [Row(2, "L1")], Contact("L1", "r1")));

    [Fact]
    public void Two_leftover_rows_of_one_contact_name_it_once() => Assert.Equal(["L2"], Of([Row(2, "L2"), Row(3, "l2")], [], [Row(2, "L2"), Row(3, "l2")]));

    [Fact]
    public void A_leftover_row_without_a_line_item_has_no_contact() => Assert.Empty(Of([Row(2, null)], [], [Row(2, null)]));
}
