using FlexCrew.Comparison;
using FlexCrew.Database;
using FlexCrew.Flex;

namespace FlexCrew.Tests.Comparison;

public class CrewComparisonTests
{
    private const string Tecnico = "role-t";

    [Fact]
    public void Whoever_is_in_all_three_places_has_no_difference()
    {
        var person =
            Assert.Single(
                Compare(Crew([Make.Assigned(1, "SND-PA-T")], [Make.Row(1, "line-1")], [Make.Contact("line-1", "RES-1", Tecnico)])));

        Assert.Equal(("SND-PA-T", "tecnico", "res-1"), (person.Should!.Role, person.Should.Tier, person.Should.ResourceId));
        Assert.Equal(["line-1"], person.Table);
        Assert.Equal(("line-1", "tecnico"), (person.Flex![0].LineItemId, person.Flex[0].BusinessRole));
        Assert.Empty(person.Differences);
    }

    [Fact]
    public void Whoever_is_assigned_only_is_missing_in_Flex() =>
        Assert.Equal(["missing_in_flex"], Kinds(Crew([Make.Assigned(1, "SND-PA-T")], [], [])));

    [Fact]
    public void A_contact_that_no_row_maps_is_not_in_the_table() =>
        Assert.Equal(["not_in_table line-1"], Kinds(Crew([Make.Assigned(1, "SND-PA-T")], [], [Make.Contact("line-1", "res-1", Tecnico)])));

    [Fact]
    public void A_row_without_a_line_item_maps_nothing() =>
        Assert.Equal(
            ["not_in_table line-1"],
            Kinds(Crew([Make.Assigned(1, "SND-PA-T")], [Make.Row(1, null)], [Make.Contact("line-1", "res-1", Tecnico)])));

    [Fact]
    public void A_row_whose_contact_Flex_does_not_have_is_stale_and_its_technician_is_missing() =>
        Assert.Equal(["contact_gone line-9", "missing_in_flex"], Kinds(Crew([Make.Assigned(1, "SND-PA-T")], [Make.Row(1, "line-9")], [])));

    [Fact]
    public void A_row_that_maps_the_contact_of_another_resource_is_told_apart()
    {
        var people = Compare(Crew(
            [Make.Assigned(1, "SND-PA-T"), Make.Assigned(2, "SND-PA-T")],
            [Make.Row(1, "line-2")],
            [Make.Contact("line-1", "res-1", Tecnico), Make.Contact("line-2", "res-2", Tecnico)]));

        Assert.Equal(["other_resource line-2", "not_in_table line-1"], Kinds(people[0]));
        Assert.Equal(["not_in_table line-2"], Kinds(people[1]));
    }

    [Fact]
    public void Of_several_contacts_of_a_resource_all_but_the_mapped_one_are_duplicates()
    {
        var contacts = new[] { Make.Contact("line-1", "res-1", Tecnico), Make.Contact("line-2", "RES-1", Tecnico),
            Make.Contact("line-3", "res-1") };

        Assert.Equal(
            ["duplicate line-1", "duplicate line-3"], Kinds(Crew([Make.Assigned(1, "SND-PA-T")], [Make.Row(1, "line-2")], contacts)));
    }

    [Fact]
    public void Whoever_is_mapped_and_not_assigned_is_not_desired_and_has_their_name()
    {
        var crew = Crew([], [Make.Row(1, "line-1")], [Make.Contact("line-1", "res-1")]);

        var person = Assert.Single(Compare(crew with { People = [new PersonRow(Make.Tech(1), "res-1", "Ana Ruiz")] }));

        Assert.Equal(("Ana Ruiz", null), (person.Name, person.Should));
        Assert.Equal(["not_desired line-1"], Kinds(person));
    }

    [Fact]
    public void A_contact_that_nobody_maps_and_nobody_desires_has_the_name_of_whose_resource_it_is()
    {
        var crew = Crew([], [], [Make.Contact("line-1", "res-7"), Make.Contact("line-2", "res-8")]);

        var people = Compare(crew with { People = [new PersonRow(Make.Tech(7), " RES-7 ", "Ana Ruiz")] });

        Assert.Equal(["Ana Ruiz", null], people.Select(person => person.Name));
        Assert.All(people, person => Assert.StartsWith("not_desired", Kinds(person).Single(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    public void Without_a_resource_id_somebody_has_to_act_and_whoever_is_there_already_is_not_called_superfluous(string? resource)
    {
        var people =
            Compare(Crew(
                [Make.Assigned(1, "SND-PA-T", resource: resource)], [Make.Row(1, "line-1")], [Make.Contact("line-1", "res-1", Tecnico)]));

        var difference = Assert.Single(Assert.Single(people).Differences);
        Assert.Equal(("no_resource", "person"), (difference.Kind, difference.Remedy));
        Assert.Null(people[0].Should!.ResourceId);
    }

    [Fact]
    public void Two_who_share_a_resource_have_one_contact_and_need_nothing()
    {
        var people = Compare(Crew(
            [Make.Assigned(1, "SND-PA-T", resource: "same"), Make.Assigned(2, "SND-PA-T", resource: "SAME")],
            [Make.Row(1, "line-1"), Make.Row(2, "line-1")],
            [Make.Contact("line-1", "same", Tecnico)]));

        Assert.All(people, person => Assert.Equal(["shared_resource"], Kinds(person)));
        Assert.All(people, person => Assert.Equal("none", person.Differences[0].Remedy));
    }

    [Theory]
    [InlineData("", "role_missing line-1")]
    [InlineData("set by hand", "role_differs line-1")]
    [InlineData("ROLE-T", null)]
    [InlineData(null, null)]
    public void The_business_role_is_compared_where_the_listing_tells_it(string? role, string? expected) => Assert.Equal(
        expected is null ? [] : [expected],
        Kinds(Crew([Make.Assigned(1, "SND-PA-T")], [Make.Row(1, "line-1")], [Make.Contact("line-1", "res-1", role)])));

    [Fact]
    public void Where_the_element_is_shared_contacts_of_linked_crew_calls_are_nothing_to_be_put_right()
    {
        var crew = Crew(
            [Make.Assigned(1, "SND-PA-T")],
            [Make.Row(1, "line-1")],
            [Make.Contact("line-1", "res-1", Tecnico), Make.Contact("line-2", "res-1"), Make.Contact("line-3", "res-3")]);

        var people = Compare(crew with { LinkedLines = ["line-2", "line-3"] });

        Assert.Empty(people[0].Differences);
        Assert.Equal(["linked line-3"], Kinds(people[1]));
        Assert.Equal("none", people[1].Differences[0].Remedy);
    }

    [Fact]
    public void A_contact_whose_resource_Flex_does_not_tell_is_believed_where_it_is_mapped_and_unknown_where_it_is_not()
    {
        var people =
            Compare(Crew(
                [Make.Assigned(1, "SND-PA-T")], [Make.Row(1, "line-1")], [Make.Contact("line-1", null), Make.Contact("line-2", null)]));

        Assert.Empty(people[0].Differences);
        Assert.Equal(["unknown_contact line-2"], Kinds(people[1]));
    }

    [Fact]
    public void Without_a_reading_of_Flex_nobody_is_called_missing_there()
    {
        var people = Compare(Crew([Make.Assigned(1, "SND-PA-T"), Make.Assigned(2, "SND-PA-T")], [Make.Row(1, "line-1")], null));

        Assert.Empty(people[0].Differences);
        Assert.Equal(["not_in_table"], Kinds(people[1]));
        Assert.All(people, person => Assert.Null(person.Flex));
    }

    [Fact]
    public void Only_the_crew_of_the_department_is_compared() => Assert.Equal(
        [Make.Tech(1)],
        Compare(Crew([Make.Assigned(1, "SND-PA-T"), Make.Assigned(2, lights: "LGT-PA-T")], [], []))
            .Select(person => person.TechnicianId!.Value));

    private static CrewSnapshot Crew(
        IReadOnlyList<AssignmentRow> assignments, IReadOnlyList<CrewRow> rows, IReadOnlyList<FlexContact>? contacts) =>
        new("sound", assignments, rows, contacts) { RoleIds = new Dictionary<string, string> { ["tecnico"] = Tecnico } };

    private static IReadOnlyList<ComparedPerson> Compare(CrewSnapshot crew) => CrewComparison.Of(crew);

    private static IEnumerable<string> Kinds(CrewSnapshot crew) => Kinds(Assert.Single(Compare(crew)));

    private static IEnumerable<string> Kinds(ComparedPerson person) =>
        person.Differences.Select(difference => difference.LineItemId is { } line ? $"{difference.Kind} {line}" : difference.Kind);
}
