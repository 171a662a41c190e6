using FlexCrew.Comparison;
using FlexCrew.Drift;
using FlexCrew.Planning;
using FlexCrew.Tests.Planning;

namespace FlexCrew.Tests.Drift;

/// <summary>What a check calls different is what a sync would do something about, whatever the world is like.</summary>
public sealed class PlanAsDifferencesTests
{
    private static void Hold(Action<ModelWorld> body) =>
        Properties.Hold(ModelWorld.Any(resourcesAlwaysTold: false), world => world.Smaller(), body, runs: 1_000);

    [Fact]
    public void Something_differs_exactly_where_a_sync_would_do_something() =>
        Hold(world => Assert.Equal(DoesSomething(world.Plan()), Of(world).Count > 0));

    [Fact]
    public void Nothing_differs_once_it_is_synced() => Hold(world =>
    {
        // What one sync leaves to the next, such as the old contact of somebody whose new one comes first, is gone after a few.
        var synced = world.Synced().Synced().Synced();
        Assert.Empty(Of(synced));
    });

    [Fact]
    public void The_order_of_the_listing_does_not_matter() => Hold(world =>
    {
        if (world.Contacts.GroupBy(contact => contact.ResourceId).Any(same => same.Count() > 1)) return;
        Assert.Equal(Of(world), Of(world with { Contacts = [.. world.Contacts.Reverse()] }));
    });

    [Fact]
    public void Every_kind_is_one_that_a_sync_puts_right() => Hold(world =>
        Assert.All(Of(world), each => Assert.Equal("sync", DifferenceKinds.Of(each.Kind).Remedy)));

    private static IReadOnlyList<DriftDifference> Of(ModelWorld world) => PlanAsDifferences.Of(world.Plan(), world.Contacts);

    private static bool DoesSomething(CrewPlan plan) =>
        plan.Deletions.Count + plan.StaleRows.Count + plan.Additions.Count + plan.Roles.Count + plan.LeftoverRows.Count
            + plan.Replaced.Count > 0;
}
