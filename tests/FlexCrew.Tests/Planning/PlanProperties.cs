using FlexCrew.Flex;
using FlexCrew.Planning;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Planning;

public sealed class PlanProperties
{
    private static void Hold(Action<ModelWorld> body, bool resourcesAlwaysTold = false, bool alone = false) =>
        Properties.Hold(ModelWorld.Any(resourcesAlwaysTold, alone), world => world.Smaller(), body, runs: 3000);

    [Fact]
    public void Applying_the_plan_makes_any_world_equal_to_the_desired_one() => Hold(world =>
    {
        var after = (world with { Prune = true }).Synced();

        AssertEverybodyHasTheirContact(after);
        Assert.All(after.Contacts, contact => Assert.Contains(after.Rows, row => FlexIds.Same(row.LineItemId, contact.LineItemId)));
        Assert.Empty(after.Rows.Select(row => row.TechnicianId)
            .Except(Desired(after).Select(pair => pair.Technician)).Except(after.WithoutResource.Select(Tech)));
        Assert.Equal(after.Rows.Select(row => row.TechnicianId).Distinct(), after.Rows.Select(row => row.TechnicianId));
    }, resourcesAlwaysTold: true, alone: true);

    [Fact]
    public void Whoever_is_desired_ends_with_one_row_that_maps_a_contact_of_theirs_whatever_else_is_there() =>
        Hold(world => AssertEverybodyHasTheirContact(world.Synced()));

    [Fact]
    public void The_plan_of_a_world_after_it_was_carried_out_is_empty() =>
        Hold(world => AssertEmpty(world.Synced().Plan()), resourcesAlwaysTold: true);

    /// <summary>Whoever is mapped to a contact of unknown resource has no say in which of several known ones stays.</summary>
    [Fact]
    public void Where_resources_are_not_told_it_is_empty_after_two_syncs() =>
        Hold(world => AssertEmpty(world.Synced().Synced().Plan()));

    private static void AssertEmpty(CrewPlan plan)
    {
        EmptyPlan.AssertIs(plan);
        Assert.Equal(plan.Desired, plan.Kept);
    }

    [Fact]
    public void Without_pruning_nothing_goes_that_FlexCrew_did_not_place() => Hold(world =>
    {
        var gone = (world with { Prune = false }).Synced().Gone;

        Assert.All(world.Contacts.Where(world.IsForeign), foreign => Assert.DoesNotContain(foreign.LineItemId, gone));
    });

    [Fact]
    public void Never_the_last_contact_of_a_desired_resource_goes() => Hold(world =>
    {
        var gone = world.Synced().Gone;

        Assert.All(world.Desired, contact =>
        {
            var listed = world.Contacts.Where(shown => FlexIds.Same(shown.ResourceId, contact.ResourceId)).ToList();
            Assert.True(listed.Count == 0 || listed.Exists(shown => !gone.Contains(shown.LineItemId)), $"{contact.ResourceId} went");
        });
    });

    [Fact]
    public void Nobody_whose_resource_id_changed_goes_before_their_replacement_is_there() => Hold(world =>
    {
        var plan = world.Plan();
        var rows = world.Rows.Except(plan.StaleRows.Select(deletion => deletion.Row)).ToList();

        Assert.All(Desired(world), pair =>
        {
            var old = world.OfLine(rows.SingleOrDefault(row => row.TechnicianId == pair.Technician)?.LineItemId);
            if (old is null || FlexIds.Same(old.ResourceId, pair.Resource)) return;
            Assert.DoesNotContain(plan.Deletions, deletion => deletion.LineItemId == old.LineItemId);
        });
    });

    [Fact]
    public void Nobody_whose_profile_lost_its_resource_id_goes() => Hold(world =>
    {
        var plan = world.Plan();
        var after = world.Synced();

        Assert.All(world.Rows.Except(plan.StaleRows.Select(deletion => deletion.Row)), row =>
        {
            if (!world.WithoutResource.Any(technician => Tech(technician) == row.TechnicianId)) return;
            Assert.Contains(row, after.Rows);
            Assert.DoesNotContain(after.Gone, line => FlexIds.Same(line, row.LineItemId));
        });
    });

    [Fact]
    public void Contacts_that_linked_crew_calls_map_stay_and_so_does_one_of_each_resource_that_they_desire() => Hold(world =>
    {
        if (world.Linked is not var (lines, resources)) return;
        var after = world.Synced();

        Assert.All(
            world.Contacts.Where(contact => lines.Contains(contact.LineItemId)), mapped => Assert.NotNull(after.OfLine(mapped.LineItemId)));
        Assert.All(
            world.Contacts.Where(contact => contact.ResourceId is { } resource && resources.Contains(resource)),
            wanted => Assert.Contains(after.Contacts, contact => FlexIds.Same(contact.ResourceId, wanted.ResourceId)));
    });

    [Fact]
    public void Of_several_contacts_in_a_shared_element_everybody_is_mapped_to_the_oldest() => Hold(world =>
    {
        if (world.Linked is null) return;
        var after = world.Synced();

        Assert.All(Desired(world), pair =>
        {
            var oldest = after.Contacts.FirstOrDefault(contact => FlexIds.Same(contact.ResourceId, pair.Resource));
            Assert.Equal(oldest?.LineItemId, after.LineOf(pair.Technician), ignoreCase: true);
        });
    }, resourcesAlwaysTold: true);

    [Fact]
    public void A_contact_whose_resource_is_not_told_never_goes_unless_the_table_maps_it() => Hold(world =>
    {
        var gone = world.Synced().Gone;

        Assert.All(
            world.Contacts.Where(
                contact => contact.ResourceId is null && !world.Rows.Any(row => FlexIds.Same(row.LineItemId, contact.LineItemId))),
            contact => Assert.DoesNotContain(contact.LineItemId, gone));
    });

    [Fact]
    public void Everybody_desired_is_either_right_or_added_and_nobody_both() => Hold(world =>
    {
        var plan = world.Plan();
        var added = plan.Additions.SelectMany(addition => addition.Technicians).Select(technician => technician.TechnicianId).ToList();

        Assert.Equal(added.Distinct(), added);
        Assert.Empty(added.Except(Desired(world).Select(pair => pair.Technician)));
        Assert.Equal(plan.Desired, plan.Kept + added.Count);
    });

    [Fact]
    public void No_contact_and_no_row_goes_twice() => Hold(world =>
    {
        var plan = world.Plan();
        var contacts = plan.Deletions.Concat(plan.Replaced).Select(deletion => deletion.LineItemId).ToList();

        Assert.Equal(contacts.Distinct(), contacts);
        Assert.DoesNotContain(contacts, line => plan.Additions.Any(addition => addition.Existing?.LineItemId == line));
        Assert.Empty(plan.LeftoverRows.Select(deletion => deletion.Row).Intersect(plan.Deletions.SelectMany(deletion => deletion.Rows)));
        Assert.Empty(plan.LeftoverRows.Select(deletion => deletion.Row).Intersect(plan.StaleRows.Select(deletion => deletion.Row)));
    });

    [Fact]
    public void A_business_role_that_is_there_is_never_set() => Hold(world =>
        Assert.All(world.Plan().Roles, role => Assert.Equal("", world.OfLine(role.LineItemId)?.BusinessRole)));

    private static IEnumerable<(Guid Technician, string Resource)> Desired(ModelWorld world) =>
        world.Desired.SelectMany(contact => contact.Technicians, (contact, technician) => (technician.TechnicianId, contact.ResourceId));

    private static void AssertEverybodyHasTheirContact(ModelWorld world) => Assert.All(Desired(world), pair =>
    {
        var contact = world.OfLine(world.LineOf(pair.Technician));
        Assert.NotNull(contact);
        Assert.True(
            contact.ResourceId is null || FlexIds.Same(contact.ResourceId, pair.Resource),
            $"{contact.LineItemId} is of {contact.ResourceId}");
    });
}
