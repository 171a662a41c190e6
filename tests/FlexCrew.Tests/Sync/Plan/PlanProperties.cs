using FlexCrew.Flex;
using FlexCrew.Sync;

namespace FlexCrew.Tests.Sync.Plan;

public class PlanProperties
{
    private static void Hold(Action<ModelWorld> body, bool resourcesAlwaysTold = false) =>
        Properties.Hold(ModelWorld.Any(resourcesAlwaysTold), world => world.Smaller(), body, runs: 3000);

    [Fact]
    public void Applying_the_plan_makes_any_world_equal_to_the_desired_one() => Hold(world =>
    {
        var after = (world with { Prune = true }).Synced();

        Assert.Equal(
            world.Desired.Select(contact => contact.ResourceId).Order(),
            after.Contacts.Select(contact => contact.ResourceId).Order());
        Assert.Equal(
            world.Desired.SelectMany(contact => contact.Technicians).Select(technician => technician.TechnicianId).Order(),
            after.Rows.Select(row => row.TechnicianId).Order());
        Assert.All(world.Desired, contact => Assert.All(contact.Technicians, technician =>
            Assert.True(FlexIds.Same(
                after.Contacts.Single(shown => shown.ResourceId == contact.ResourceId).LineItemId, after.LineOf(technician.TechnicianId)))));
    }, resourcesAlwaysTold: true);

    [Fact]
    public void Each_desired_technician_ends_with_one_row_that_maps_a_contact_whether_pruned_or_not() => Hold(world =>
    {
        var after = world.Synced();

        Assert.All(world.Desired.SelectMany(contact => contact.Technicians), technician =>
            Assert.Contains(after.Contacts, contact => FlexIds.Same(contact.LineItemId, after.LineOf(technician.TechnicianId))));
    });

    [Fact]
    public void A_settled_world_has_an_empty_plan() => Hold(world =>
    {
        var settled = world.Synced();
        settled = settled with { Contacts = [.. settled.Contacts.Select(contact => contact with { BusinessRole = contact.BusinessRole is "" ? "set" : contact.BusinessRole })] };

        Assert.Empty(PrunePlan.Of(settled.Desired, settled.Contacts, settled.Rows, settled.Prune));
        Assert.Empty(StaleRows.Of(settled.Desired, settled.Contacts, settled.Rows));
        Assert.Empty(settled.Diff().Additions);
        Assert.Empty(settled.Diff().Removals);
        Assert.Empty(settled.Diff().RolesToSet);
    });

    [Fact]
    public void Pruning_never_takes_the_last_contact_of_a_desired_resource() => Hold(world =>
    {
        var after = world.Pruned();

        Assert.All(
            world.Desired.Where(contact => Shows(world, contact)), contact => Assert.True(Shows(after, contact)));

        static bool Shows(ModelWorld world, DesiredContact contact) =>
            world.Contacts.Any(shown => FlexIds.Same(shown.ResourceId, contact.ResourceId));
    });

    [Fact]
    public void Without_pruning_nothing_goes_that_the_table_does_not_map() => Hold(world =>
    {
        var after = (world with { Prune = false }).Synced();

        Assert.All(
            world.Contacts.Where(contact => !world.Rows.Any(row => FlexIds.Same(row.LineItemId, contact.LineItemId))),
            foreign => Assert.Contains(after.Contacts, contact => contact.LineItemId == foreign.LineItemId));
    });

    [Fact]
    public void A_line_whose_resource_is_not_told_never_goes_unless_the_table_maps_it() => Hold(world =>
    {
        var after = world.Synced();

        Assert.All(
            world.Contacts.Where(contact => contact.ResourceId is null && !world.Rows.Any(row => FlexIds.Same(row.LineItemId, contact.LineItemId))),
            line => Assert.Contains(after.Contacts, contact => contact.LineItemId == line.LineItemId));
    });

    [Fact]
    public void Everybody_desired_is_either_kept_or_added_and_nobody_both() => Hold(world =>
    {
        var diff = world.Pruned().WithoutStaleRows().Diff();

        Assert.Equal(
            world.Desired.SelectMany(contact => contact.Technicians).Select(technician => technician.TechnicianId).Order(),
            diff.Kept.Concat(diff.Additions.SelectMany(addition => addition.TechnicianIds)).Order());
    });

    [Fact]
    public void A_business_role_that_is_there_is_never_set() => Hold(world =>
    {
        var diff = world.Pruned().WithoutStaleRows().Diff();

        Assert.All(diff.RolesToSet, missing => Assert.Equal("", world.Contacts.Single(contact => contact.LineItemId == missing.LineItemId).BusinessRole));
    });
}
