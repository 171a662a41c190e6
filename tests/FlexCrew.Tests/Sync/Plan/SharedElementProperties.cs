using FlexCrew.Flex;
using FlexCrew.Sync;
using FsCheck.Fluent;

namespace FlexCrew.Tests.Sync.Plan;

/// <summary>Two crew calls that are linked to one element: their contacts are the same, their rows and desires are not.</summary>
public class SharedElementProperties
{
    private static void Hold(Action<ModelWorld, ModelWorld> body) => Properties.Hold(
        from one in ModelWorld.Any(resourcesAlwaysTold: true)
        from other in ModelWorld.Any(resourcesAlwaysTold: true)
        select (one, other),
        pair => [.. pair.one.Smaller().Select(one => (one, pair.other)), .. pair.other.Smaller().Select(other => (pair.one, other))],
        pair => body(pair.one, pair.other with { Contacts = pair.one.Contacts }),
        runs: 3000);

    [Fact]
    public void After_two_syncs_of_each_both_map_the_same_contacts_and_nobody_else_does() => Hold((one, other) =>
    {
        (one, other) = Twice(one, other);

        foreach (var world in new[] { one, other })
            Assert.All(world.Desired, contact => Assert.All(contact.Technicians, technician => Assert.Equal(
                world.Contacts.First(shown => shown.ResourceId == contact.ResourceId).LineItemId,
                world.LineOf(technician.TechnicianId),
                ignoreCase: true)));
        Assert.Equal(one.Desired.Sum(contact => contact.Technicians.Count), one.Rows.Count);
        Assert.Equal(other.Desired.Sum(contact => contact.Technicians.Count), other.Rows.Count);
    });

    [Fact]
    public void Two_contacts_that_each_of_them_mapped_do_not_stay() => Hold((one, other) =>
    {
        var mapped = one.Rows.Concat(other.Rows).Select(row => row.LineItemId).OfType<string>().ToHashSet(FlexIds.Comparer);
        var (after, _) = Twice(one, other);

        Assert.All(
            after.Contacts.GroupBy(contact => contact.ResourceId),
            same => Assert.DoesNotContain(same.Skip(1), contact => mapped.Contains(contact.LineItemId)));
    });

    [Fact]
    public void A_sync_takes_no_contact_that_the_other_maps_nor_one_that_neither_does() => Hold((one, other) =>
    {
        var own = one.Rows.Select(row => row.LineItemId).OfType<string>().ToHashSet(FlexIds.Comparer);
        var theirs = other.Rows.Select(row => row.LineItemId).OfType<string>().ToHashSet(FlexIds.Comparer);
        var left = one.SyncedBeside(other).Contacts;

        Assert.All(
            one.Contacts.Where(contact => theirs.Contains(contact.LineItemId) || !own.Contains(contact.LineItemId)),
            stays => Assert.Contains(left, contact => contact.LineItemId == stays.LineItemId));
    });

    [Fact]
    public void A_settled_pair_has_empty_plans() => Hold((one, other) =>
    {
        (one, other) = Twice(one, other);

        foreach (var (world, sibling) in new[] { (one, other), (other, one) })
        {
            var plan = PlannedWorld.Of(world.Desired, world.Contacts, world.Rows, world.Prune, sibling.Lines);
            Assert.Empty(plan.Pruned);
            Assert.Empty(plan.Stale);
            Assert.Empty(plan.Diff.Additions);
            Assert.Empty(plan.Diff.Removals);
        }
    });

    private static (ModelWorld One, ModelWorld Other) Twice(ModelWorld one, ModelWorld other)
    {
        for (var round = 1; round <= 2; round++)
        {
            one = one.SyncedBeside(other);
            other = (other with { Contacts = one.Contacts }).SyncedBeside(one);
            one = one with { Contacts = other.Contacts };
        }

        return (one, other);
    }
}
