using FlexCrew.Database;
using FlexCrew.Planning;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Planning;

public class DesiredCrewTests
{
    private static IReadOnlyList<DesiredContact> Contacts(string department, params AssignmentRow[] rows) =>
        DesiredCrew.Of(rows, department).Contacts;

    [Fact]
    public void A_technician_with_a_role_in_the_department_is_desired() =>
        Assert.Equivalent(new[] { Desired("res-1", 1, "SND-FOH-R") }, Contacts("sound", Assigned(1, sound: "SND-FOH-R")), strict: true);

    [Theory]
    [InlineData("sound"), InlineData("lights"), InlineData("video")]
    public void Each_department_looks_at_its_own_role_column(string department) =>
        Assert.Equal(
            ["res-" + (Array.IndexOf(["sound", "lights", "video"], department) + 1)],
            Contacts(department, Assigned(1, sound: "SND-PA-T"), Assigned(2, lights: "LGT-PA-T"), Assigned(3, video: "VID-PA-T"))
                .Select(contact => contact.ResourceId));

    [Theory]
    [InlineData(null), InlineData(""), InlineData("  "), InlineData("none"), InlineData(" None "), InlineData("NONE")]
    public void A_role_column_that_says_nothing_puts_nobody_on_the_crew_call(string? role) =>
        Assert.Empty(Contacts("sound", Assigned(1, sound: role)));

    [Fact]
    public void The_profiles_department_alone_puts_a_technician_there_without_a_role() =>
        Assert.Null(Assert.Single(Contacts("sound", Assigned(1, lights: "LGT-PA-T", department: "sound"))).Leading.Role);

    [Fact]
    public void Another_department_of_the_profile_does_not() =>
        Assert.Empty(Contacts("sound", Assigned(1, lights: "LGT-PA-T", department: "lights")));

    [Fact]
    public void Several_dates_of_a_technician_are_one_contact_with_the_highest_tier()
    {
        var desired =
            Contacts(
                "sound", Assigned(1, sound: "SND-PA-T"), Assigned(1, sound: "SND-FOH-R"), Assigned(1, sound: "SND-RF-E"),
                Assigned(1, sound: "none"));

        Assert.Equal(new DesiredTechnician(Tech(1), "SND-FOH-R"), Assert.Single(Assert.Single(desired).Technicians));
    }

    [Fact]
    public void A_role_without_a_tier_is_better_than_none() =>
        Assert.Equal(
            "FOH engineer",
            Assert.Single(Contacts("sound", Assigned(1, department: "sound"), Assigned(1, sound: "FOH engineer"))).Leading.Role);

    [Fact]
    public void Profiles_that_share_a_resource_are_one_contact_led_by_the_highest_tier_and_the_summary_says_so()
    {
        var crew = DesiredCrew.Of(
            [Assigned(1, sound: "SND-PA-T", resource: "Same"), Assigned(2, sound: "SND-FOH-R", resource: " same ")], "sound");

        var contact = Assert.Single(crew.Contacts);
        Assert.Equal([Tech(1), Tech(2)], contact.Technicians.Select(technician => technician.TechnicianId));
        Assert.Equal(Tech(2), contact.Leading.TechnicianId);
        Assert.Contains("share the Flex resource Same", Assert.Single(crew.Diagnostics));
    }

    [Theory]
    [InlineData(null), InlineData(""), InlineData("  "), InlineData("{}"), InlineData("\u200b")]
    public void A_technician_without_a_resource_id_is_told_apart_and_not_dropped(string? resource)
    {
        var crew = DesiredCrew.Of([Assigned(1, sound: "SND-PA-T", resource: resource), Assigned(2, sound: "SND-PA-T")], "sound");

        Assert.Equal(["res-2"], crew.Contacts.Select(contact => contact.ResourceId));
        Assert.Equal([Tech(1)], crew.WithoutResource);
    }

    [Fact]
    public void A_resource_id_that_was_pasted_with_braces_is_read_and_the_summary_says_how()
    {
        var crew = DesiredCrew.Of([Assigned(1, sound: "SND-PA-T", resource: "{ABC}")], "sound");

        Assert.Equal("ABC", Assert.Single(crew.Contacts).ResourceId);
        Assert.Equal(
            $"tech {Tech(1)}: the profile's Flex resource id has braces or invisible characters around it; it was read as ABC",
            Assert.Single(crew.Diagnostics));
    }

    [Fact]
    public void Blanks_around_a_resource_id_are_not_worth_a_word() =>
        Assert.Empty(DesiredCrew.Of([Assigned(1, sound: "SND-PA-T", resource: " ABC ")], "sound").Diagnostics);

    [Fact]
    public void A_technician_of_another_department_without_a_resource_id_is_nobodys_concern() =>
        Assert.Empty(DesiredCrew.Of([Assigned(1, lights: "LGT-PA-T", resource: null)], "sound").WithoutResource);

    [Fact]
    public void The_crew_keeps_the_order_of_the_assignments() =>
        Assert.Equal(
            ["res-3", "res-1", "res-2"], Contacts("sound", Assigned(3, sound: "a"), Assigned(1, sound: "b"), Assigned(2, sound: "c"))
                .Select(contact => contact.ResourceId));
}
