using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Planning;
using FsCheck.Fluent;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Planning;

/// <summary>What a command for one person does to any world: technician 1, whose resource technician 5 shares.</summary>
public sealed class PersonPlanProperties
{
    private static readonly PersonCommand Add = new(Tech(1), PersonAction.Add);
    private static readonly PersonCommand Remove = new(Tech(1), PersonAction.Remove);

    private static void Hold(PersonCommand command, Action<ModelWorld, ModelWorld> body) => Properties.Hold(
        ModelWorld.Any(resourcesAlwaysTold: true), world => world.Smaller(), world => body(world, world.Commanded(command)), runs: 1000);

    [Fact]
    public void An_add_touches_the_rows_of_nobody_else_and_deletes_nobody_elses_contact() => Hold(Add, (before, after) =>
    {
        AssertOthers(before, after);
        Assert.All(Gone(before, after), contact => Assert.True(FlexIds.Same(contact.ResourceId, "r1"), $"{contact} is gone"));
    });

    [Fact]
    public void After_an_add_the_person_has_one_row_that_maps_a_contact_of_theirs_and_a_second_add_changes_nothing() =>
        Hold(Add, (_, after) =>
        {
            Assert.True(FlexIds.Same(after.OfLine(after.LineOf(Tech(1)))?.ResourceId, "r1"));
            var again = after.Commanded(Add);
            Assert.Equal(after.Contacts, again.Contacts);
            Assert.Equal(after.Rows, again.Rows);
        });

    [Fact]
    public void A_removal_touches_the_rows_of_nobody_else_and_leaves_every_contact_that_they_map() => Hold(Remove, (before, after) =>
    {
        AssertOthers(before, after);
        Assert.DoesNotContain(Gone(before, after), contact =>
            before.Rows.Any(row => row.TechnicianId != Tech(1) && FlexIds.Same(row.LineItemId, contact.LineItemId)));
    });

    [Fact]
    public void A_removal_deletes_only_what_the_persons_row_maps_or_has_their_resource() => Hold(Remove, (before, after) =>
        Assert.All(Gone(before, after), contact => Assert.True(
            FlexIds.Same(contact.ResourceId, "r1")
            || before.Rows.Any(row => row.TechnicianId == Tech(1) && FlexIds.Same(row.LineItemId, contact.LineItemId)))));

    [Fact]
    public void After_a_removal_the_person_has_no_row_and_a_second_one_changes_nothing() => Hold(Remove, (_, after) =>
    {
        Assert.DoesNotContain(after.Rows, row => row.TechnicianId == Tech(1));
        var again = after.Commanded(Remove);
        Assert.Equal(after.Contacts, again.Contacts);
        Assert.Equal(after.Rows, again.Rows);
    });

    [Fact]
    public void A_contact_that_a_linked_crew_call_maps_stays() => Hold(Remove, (before, after) =>
    {
        if (before.Linked is var (lines, _))
            Assert.DoesNotContain(Gone(before, after), contact => lines.Contains(contact.LineItemId, FlexIds.Comparer));
    });

    private static void AssertOthers(ModelWorld before, ModelWorld after) => Assert.Equal(Others(before), Others(after));

    private static IEnumerable<CrewRow> Others(ModelWorld world) => world.Rows.Where(row => row.TechnicianId != Tech(1));

    private static List<FlexContact> Gone(ModelWorld before, ModelWorld after) =>
        [.. before.Contacts.Where(contact => after.OfLine(contact.LineItemId) is null)];
}
