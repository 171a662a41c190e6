using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Planning;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Planning;

/// <summary>What taking technician 1 off does about each kind of contact and row.</summary>
public sealed class PersonPlanTests
{
    [Fact]
    public void The_contact_that_the_persons_row_maps_goes_with_the_row()
    {
        var plan = Remove([], [Row(1, "L1")], Contact("L1", "r1"));

        var gone = Assert.Single(plan.Deletions);
        Assert.Equal(("L1", DeletionReason.TakenOff), (gone.LineItemId, gone.Reason));
        Assert.Equal([Row(1, "L1")], gone.Rows);
        Assert.Empty(plan.LeftoverRows);
        Assert.Empty(plan.Diagnostics);
    }

    [Fact]
    public void Where_Flex_has_no_contact_of_the_person_only_the_row_goes_and_the_answer_says_why()
    {
        var plan = Remove([], [Row(1, "L1")], Contact("L2", "r2"));

        Assert.Empty(plan.Deletions);
        Assert.Equal([new RowDeletion(Row(1, "L1"), Leaves: true, IsTakenOff: true)], plan.LeftoverRows);
        Assert.Equal(
            $"tech {Tech(1)}: Flex has no contact of this technician any more, so that only the row was removed",
            Assert.Single(plan.Diagnostics));
    }

    [Fact]
    public void Where_somebody_else_is_mapped_to_the_contact_only_the_row_goes_and_the_answer_says_why()
    {
        var plan = Remove([], [Row(1, "L1"), Row(2, "L1")], Contact("L1", "r1"), Contact("L2", "r2"));

        Assert.Empty(plan.Deletions);
        Assert.Equal([new RowDeletion(Row(1, "L1"), Leaves: true, IsTakenOff: true)], plan.LeftoverRows);
        Assert.Equal(
            $"tech {Tech(1)}: only the row was removed, since somebody else has the same contact", Assert.Single(plan.Diagnostics));
    }

    [Fact]
    public void Of_a_person_without_row_and_contact_there_is_nothing_to_say()
    {
        var plan = Remove([], [Row(2, "L2")], Contact("L2", "r2"));

        EmptyPlan.AssertIs(plan);
        Assert.Empty(plan.Diagnostics);
    }

    /// <summary>The row maps a contact with the resource of somebody else, who should be there and is not mapped yet.</summary>
    [Theory]
    [InlineData(true, 2)]
    [InlineData(true, 1, 2)]
    [InlineData(false, 1)]
    [InlineData(false)]
    public void A_contact_with_another_resource_than_the_persons_stays_for_whoever_is_assigned_and_has_it(bool stays, params int[] assigned)
    {
        var desired = assigned.Length > 0 ? new[] { Desired("r2", assigned) } : [];
        var plan = Remove([.. desired, Desired("r3", 3)], [Row(1, "L2")], Contact("L2", "r2"));

        Assert.Equal(stays ? [] : ["L2"], plan.Deletions.Select(contact => contact.LineItemId));
        Assert.Equal(stays ? 1 : 0, plan.LeftoverRows.Count);
    }

    private static CrewPlan Remove(DesiredContact[] desired, CrewRow[] rows, params FlexContact[] contacts) => CrewPlan.Of(
        new CrewWorld
        {
            Department = "sound",
            Desired = new DesiredCrew(desired, [], []),
            Rows = rows,
            Person = new PersonRow(Tech(1), "r1", null),
            Contacts = contacts,
        },
        new SoleOwner(),
        new PlanOptions(false, new PersonCommand(Tech(1), PersonAction.Remove)));
}
