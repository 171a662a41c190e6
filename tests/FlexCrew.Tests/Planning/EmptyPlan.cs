using FlexCrew.Planning;

namespace FlexCrew.Tests.Planning;

/// <summary>A plan by which nothing is changed.</summary>
internal static class EmptyPlan
{
    public static void AssertIs(CrewPlan plan)
    {
        Assert.Empty(plan.Deletions);
        Assert.Empty(plan.StaleRows);
        Assert.Empty(plan.Additions);
        Assert.Empty(plan.Roles);
        Assert.Empty(plan.LeftoverRows);
        Assert.Empty(plan.Replaced);
    }
}
