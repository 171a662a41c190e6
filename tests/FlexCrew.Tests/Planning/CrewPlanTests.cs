using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Planning;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Planning;

/// <summary>What is to be done about each kind of contact and row.</summary>
public sealed class CrewPlanTests
{
    private static readonly Dictionary<string, string> Roles = new() { ["tecnico"] = "2f6cf050-c5c1-11ea-a087-2a0a4490a7fb" };

    private readonly List<Guid> withoutResource = [];
    private readonly Dictionary<string, bool> placed = new(FlexIds.Comparer);
    private readonly List<string> begun = [];
    private readonly List<string> diagnostics = [];
    private IElementOwnership ownership = new SoleOwner();
    private bool rowsAreNewer;

    [Fact]
    public void Somebody_who_is_mapped_to_their_contact_is_right()
    {
        var plan = Of([Desired("r1", 1)], [Row(1, "l1")], Contact("L1", "R1", "set"));

        EmptyPlan.AssertIs(plan);
        Assert.Equal((1, 1, 1, 1), (plan.Kept, plan.Desired, plan.Rows, plan.Listed));
    }

    [Fact]
    public void Somebody_who_is_missing_is_added_with_the_role_of_their_tier() => Assert.Equivalent(
        new ContactAddition(
            "r1", [new MappedTechnician(Tech(1), null)], null, new RoleAssignment(null, Tech(1), "tecnico", Roles["tecnico"]), null),
        Assert.Single(Of([Desired("r1", 1)], []).Additions), strict: true);

    [Fact]
    public void A_contact_that_Flex_has_already_is_adopted()
    {
        var addition = Assert.Single(Of([Desired("r1", 1)], [], Contact("L1", "r1", "by hand")).Additions);

        Assert.Equal(new ExistingContact("L1", "by hand"), addition.Existing);
        Assert.Equal("L1", addition.Role?.LineItemId);
    }

    /// <summary>Else nobody would know any more that FlexCrew placed it, once the technician is mapped.</summary>
    [Fact]
    public void A_contact_whose_add_was_begun_and_not_seen_to_end_is_adopted_as_one_that_FlexCrew_placed()
    {
        begun.Add("r1");

        Assert.True(Assert.Single(Of([Desired("r1", 1)], [], Contact("L1", "r1")).Additions).Existing!.IsPlaced);
    }

    [Fact]
    public void A_row_without_a_line_item_is_completed_by_the_add()
    {
        var plan = Of([Desired("r1", 1)], [Row(1, null)]);

        Assert.Single(plan.Additions);
        Assert.Empty(plan.StaleRows);
        Assert.Empty(plan.LeftoverRows);
    }

    [Fact]
    public void Who_shares_a_resource_is_mapped_to_the_contact_that_is_there()
    {
        var plan = Of([Desired("r1", 1, 2)], [Row(1, "L1")], Contact("L1", "r1"));

        Assert.Equal(1, plan.Kept);
        var addition = Assert.Single(plan.Additions);
        Assert.Equal([new MappedTechnician(Tech(2), null)], addition.Technicians);
        Assert.Equal("L1", addition.Existing?.LineItemId);
    }

    [Fact]
    public void A_contact_that_nobody_desires_goes_with_its_rows()
    {
        var plan = Of([Desired("r1", 1)], [Row(1, "L1"), Row(2, "l2"), Row(3, "L2")], Contact("L1", "r1"), Contact("L2", "r2"));

        Assert.Equivalent(Deletion("L2", "r2", Row(2, "l2"), Row(3, "L2")), Assert.Single(plan.Deletions), strict: true);
        Assert.Empty(plan.LeftoverRows);
    }

    [Theory]
    [InlineData(true, null, false, true)]
    [InlineData(false, null, false, false)]
    [InlineData(false, null, true, true)]
    [InlineData(false, true, false, true)]
    [InlineData(false, false, true, false)]
    [InlineData(true, false, true, true)]
    public void Without_pruning_it_goes_only_where_FlexCrew_placed_it(bool prune, bool? remembered, bool mapped, bool goes)
    {
        if (remembered is { } known) placed["l9"] = known;
        var plan = Of([], mapped ? [Row(9, "L9")] : [], prune, Contact("L9", "r9"));

        Assert.Equal(goes ? ["L9"] : [], plan.Deletions.Select(contact => contact.LineItemId));
        Assert.Equal(mapped && !goes ? [Tech(9)] : [], plan.LeftoverRows.Select(deletion => deletion.Row.TechnicianId));
    }

    [Fact]
    public void The_only_contact_of_a_resource_whose_add_was_begun_is_one_that_FlexCrew_placed()
    {
        begun.Add("R9");
        Assert.Equal(["L9"], Of([], [], prune: false, Contact("L9", "r9")).Deletions.Select(contact => contact.LineItemId));
        Assert.Empty(Of([], [], prune: false, Contact("L8", "r9"), Contact("L9", "r9")).Deletions);
        placed["L9"] = false;
        Assert.Empty(Of([], [], prune: false, Contact("L9", "r9")).Deletions);
    }

    [Theory]
    [InlineData("L2", "L1")]
    [InlineData("L1", "L2")]
    public void Of_two_contacts_of_a_desired_resource_the_mapped_one_stays(string mapped, string goes)
    {
        var plan = Of([Desired("r1", 1)], [Row(1, mapped)], Contact("L1", "r1"), Contact("L2", "r1"));

        Assert.Equal((goes, DeletionReason.Duplicate), (Assert.Single(plan.Deletions).LineItemId, plan.Deletions[0].Reason));
        Assert.Equal(1, plan.Kept);
    }

    [Fact]
    public void Of_two_mapped_ones_that_of_a_desired_technician_stays() =>
        Assert.Equal(["L1"], Goes([Desired("r1", 1)], [Row(9, "L1"), Row(1, "L2")], Contact("L1", "r1"), Contact("L2", "r1")));

    [Fact]
    public void One_that_somebody_is_mapped_to_stays_before_one_that_nobody_is() =>
        Assert.Equal(["L1"], Goes([Desired("r1", 1)], [Row(9, "L2")], Contact("L1", "r1"), Contact("L2", "r1")));

    /// <summary>Else it would stay for ever once nobody wants it, since it would count as placed by hand.</summary>
    [Fact]
    public void A_contact_that_only_a_linked_crew_call_maps_is_adopted_as_one_that_FlexCrew_placed()
    {
        ownership = new SharedElement(["L1"], []);

        Assert.True(Assert.Single(Of([Desired("r1", 1)], [], Contact("L1", "r1")).Additions).Existing!.IsPlaced);
    }

    [Fact]
    public void Of_two_that_nobody_is_mapped_to_the_one_listed_first_stays() =>
        Assert.Equal(["L2"], Goes([Desired("r1", 1)], [], Contact("L1", "r1"), Contact("L2", "R1")));

    [Fact]
    public void A_contact_whose_resource_is_not_told_goes_only_with_technicians_nobody_desires() => Assert.Equal(
        ["L3"],
        Goes([Desired("r1", 1)], [Row(1, "L2"), Row(2, "L2"), Row(3, "L3")], Contact("L1", null), Contact("L2", null),
            Contact("L3", null)));

    [Fact]
    public void A_contact_whose_resource_is_not_told_is_believed_to_be_of_whom_the_table_maps_to_it()
    {
        var plan = Of([Desired("r1", 1, 2)], [Row(1, "L1")], Contact("L1", null, ""));

        Assert.Equal(1, plan.Kept);
        Assert.Equal(new ExistingContact("L1", "", IsPlaced: true), Assert.Single(plan.Additions).Existing);
    }

    [Fact]
    public void Somebody_whose_resource_id_changed_gets_the_new_contact_and_keeps_the_old_one_until_then()
    {
        var plan = Of([Desired("new", 1)], [Row(1, "L1")], Contact("L1", "old"));

        Assert.Equal([new MappedTechnician(Tech(1), "L1")], Assert.Single(plan.Additions).Technicians);
        Assert.Empty(plan.Deletions);
        Assert.Empty(plan.StaleRows);
        Assert.Empty(plan.LeftoverRows);
        Assert.Equal(("L1", DeletionReason.Replaced), (Assert.Single(plan.Replaced).LineItemId, plan.Replaced[0].Reason));
    }

    [Fact]
    public void Their_old_contact_stays_for_good_where_somebody_else_placed_it_or_has_its_resource_now()
    {
        Assert.Empty(Of([Desired("new", 1), Desired("old", 2)], [Row(1, "L1")], Contact("L1", "old")).Replaced);
        placed["L1"] = false;
        Assert.Empty(Of([Desired("new", 1)], [Row(1, "L1")], prune: false, Contact("L1", "old")).Replaced);
    }

    [Fact]
    public void Somebody_whose_profile_lost_its_resource_id_stays_and_is_told_of()
    {
        withoutResource.AddRange([Tech(1), Tech(2)]);
        var plan = Of([], [Row(1, "L1"), Row(3, "L1")], Contact("L1", "r1"));

        EmptyPlan.AssertIs(plan with { LeftoverRows = [] });
        Assert.Equal([Tech(3)], plan.LeftoverRows.Select(deletion => deletion.Row.TechnicianId));
        Assert.Equal(
            [
                $"tech {Tech(1)}: the profile has no Flex resource id any more; the contact and its row stay as they are",
                $"tech {Tech(2)}: the profile has no Flex resource id, so it cannot be on the crew call",
            ],
            plan.Diagnostics);
    }

    [Fact]
    public void A_row_whose_line_item_is_gone_is_stale_and_its_technician_is_added_anew()
    {
        var plan = Of([Desired("r1", 1)], [Row(1, "gone"), Row(6, "gone-too")]);

        Assert.Equal([new(Row(1, "gone"), Leaves: false), new RowDeletion(Row(6, "gone-too"), Leaves: true)], plan.StaleRows);
        Assert.Null(Assert.Single(Assert.Single(plan.Additions).Technicians).LineItemId);
        Assert.Empty(plan.LeftoverRows);
    }

    [Fact]
    public void A_row_that_may_be_newer_than_the_listing_is_believed()
    {
        rowsAreNewer = true;
        var plan = Of([Desired("r1", 1, 2)], [Row(1, "new")]);

        Assert.Equal((1, 0), (plan.Kept, plan.StaleRows.Count));
        Assert.Equal("new", Assert.Single(plan.Additions).Existing?.LineItemId);
    }

    [Fact]
    public void The_contact_that_Flex_shows_comes_before_a_row_that_it_does_not_show()
    {
        rowsAreNewer = true;

        Assert.Equal("L1", Assert.Single(Of([Desired("r1", 1, 2)], [Row(1, "new")], Contact("L1", "r1")).Additions).Existing?.LineItemId);
    }

    [Theory]
    [InlineData("L1", "L1", 8)]
    [InlineData(null, "L1", 7)]
    [InlineData("gone", "L1", 7)]
    [InlineData("L9", "L1", 7)]
    [InlineData("L1", null, 8)]
    public void Of_two_rows_of_a_technician_the_better_stays_and_of_equals_the_oldest(string? first, string? second, int goes)
    {
        var plan = Of([Desired("r1", 1)], [Row(1, first, id: 7), Row(1, second, id: 8)], Contact("L1", "r1", "set"), Contact("L9", "r9"));

        Assert.Equal((Row(1, null, goes).Id, false), (Assert.Single(plan.StaleRows).Row.Id, plan.StaleRows[0].Leaves));
        Assert.Equal(1, plan.Kept);
    }

    [Theory]
    [InlineData("", 1), InlineData("2916b300-c515-11ea-a087-2a0a4490a7fb", 0), InlineData(null, 0)]
    public void A_contact_that_is_right_gets_a_business_role_only_where_the_listing_says_that_it_has_none(string? role, int set) =>
        Assert.Equal(set, Of([Desired("r1", 1)], [Row(1, "L1")], Contact("L1", "r1", role)).Roles.Count);

    [Theory]
    [InlineData("2916b300-c515-11ea-a087-2a0a4490a7fb", 1)]
    [InlineData("2F6CF050-C5C1-11EA-A087-2A0A4490A7FB", 0)]
    [InlineData("Responsable", 0)]
    public void A_role_that_somebody_set_by_hand_is_told_where_it_is_another_one(string role, int told) =>
        Assert.Equal(
            told, Of([Desired("r1", 1)], [Row(1, "L1")], Contact("L1", "r1", role)).Diagnostics.Count(
                line => line.Contains("which stays")));

    [Fact]
    public void A_role_that_cannot_be_told_is_explained_where_somebody_is_added()
    {
        var addition = Assert.Single(Of([Desired("r1", 1, role: null)], []).Additions);

        Assert.Null(addition.Role);
        Assert.StartsWith($"tech {Tech(1)}: tech role \"none\"", addition.RoleDiagnostic);
    }

    [Fact]
    public void In_a_shared_element_everybody_is_mapped_to_the_oldest_contact_and_the_later_one_goes()
    {
        ownership = new SharedElement([], []);
        var plan = Of([Desired("r1", 1)], [Row(1, "L2")], Contact("L1", "r1"), Contact("L2", "r1"));

        Assert.Equal("L1", Assert.Single(plan.Additions).Existing?.LineItemId);
        Assert.Equal(("L2", DeletionReason.Duplicate), (Assert.Single(plan.Deletions).LineItemId, plan.Deletions[0].Reason));
        Assert.Contains("linked to another department or job", Assert.Single(plan.Diagnostics));
    }

    [Fact]
    public void Of_a_contact_that_a_linked_crew_call_maps_only_the_row_goes()
    {
        ownership = new SharedElement(["l9"], []);
        var plan = Of([], [Row(9, "L9")], Contact("L9", "r9"));

        Assert.Empty(plan.Deletions);
        Assert.Equal([new RowDeletion(Row(9, "L9"), Leaves: true)], plan.LeftoverRows);
    }

    [Fact]
    public void What_the_assignments_have_to_tell_is_told()
    {
        diagnostics.Add("two tiers");

        Assert.Equal(["two tiers"], Of([Desired("r1", 1)], []).Diagnostics);
    }

    private IEnumerable<string> Goes(DesiredContact[] desired, CrewRow[] rows, params FlexContact[] contacts) =>
        Of(desired, rows, contacts).Deletions.Select(contact => contact.LineItemId);

    private CrewPlan Of(DesiredContact[] desired, CrewRow[] rows, params FlexContact[] contacts) =>
        Of(desired, rows, prune: true, contacts);

    private CrewPlan Of(DesiredContact[] desired, CrewRow[] rows, bool prune, params FlexContact[] contacts) => CrewPlan.Of(
        new CrewWorld
        {
            Department = "sound",
            Desired = new DesiredCrew(desired, withoutResource, diagnostics),
            Rows = rows,
            Contacts = contacts,
            RowsAreNewer = rowsAreNewer,
            Placed = placed,
            BegunResources = begun,
            RoleIds = Roles,
        },
        ownership,
        new PlanOptions(prune));
}
