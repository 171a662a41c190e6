using FlexCrew.Planning;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Planning;

public class BusinessRolesTests
{
    private static readonly BusinessRoles BuiltIn = new(new FlexCrewOptions());

    [Theory]
    [InlineData("SND-FOH-R", "2916b300-c515-11ea-a087-2a0a4490a7fb")]
    [InlineData("SND-RF-E", "b18a5bcc-59fa-4956-917f-0d1816d7d9b3")]
    [InlineData("SND-PA-T", "2f6cf050-c5c1-11ea-a087-2a0a4490a7fb")]
    public void The_ids_of_sound_are_built_in(string role, string id) =>
        Assert.Equal((id, null), BusinessRoles.Resolve(BuiltIn.Of("sound"), "sound", new DesiredTechnician(Tech(1), role)));

    [Theory]
    [InlineData("lights"), InlineData("video"), InlineData("production")]
    public void No_other_department_has_ids_of_its_own(string department) => Assert.Empty(BuiltIn.Of(department));

    [Theory]
    [InlineData("FOH engineer", "FOH engineer"), InlineData(null, "none")]
    public void A_role_without_a_tier_is_explained_in_the_words_of_the_original(string? role, string shown) =>
        Assert.Equal(
            (null, $"tech role \"{shown}\": No Flex business-role tier could be inferred for sound. Expected a role code suffix of -R, -E, or -T."),
            BusinessRoles.Resolve(BuiltIn.Of("sound"), "sound", new DesiredTechnician(Tech(1), role)));

    [Fact]
    public void A_tier_without_an_id_is_explained_in_the_words_of_the_original() =>
        Assert.Equal(
            (null, "tech role \"LGT-BRD-R\": lights Flex business-role ID for tier \"responsable\" is not configured. Confirm the Flex dictionary ID before business-role sync can set this field."),
            BusinessRoles.Resolve(BuiltIn.Of("lights"), "lights", new DesiredTechnician(Tech(1), "LGT-BRD-R")));

    [Fact]
    public void The_configuration_adds_departments_and_replaces_ids_whatever_the_case_of_its_names()
    {
        var roles = new BusinessRoles(new FlexCrewOptions
        {
            BusinessRoles =
            {
                ["Lights"] = new() { ["Responsable"] = "id-lights-r" },
                ["SOUND"] = new() { ["tecnico"] = "id-sound-t", ["especialista"] = " " },
            },
        });

        Assert.Equal("id-lights-r", roles.Of("lights")["responsable"]);
        Assert.Equal("id-sound-t", roles.Of("sound")["tecnico"]);
        Assert.Equal("b18a5bcc-59fa-4956-917f-0d1816d7d9b3", roles.Of("sound")["especialista"]);
        Assert.Equal("2916b300-c515-11ea-a087-2a0a4490a7fb", roles.Of("sound")["responsable"]);
    }

    [Fact]
    public void Configured_ids_stay_with_the_instance_they_were_given_to()
    {
        _ = new BusinessRoles(new FlexCrewOptions { BusinessRoles = { ["sound"] = new() { ["tecnico"] = "elsewhere" } } });

        Assert.Equal("2f6cf050-c5c1-11ea-a087-2a0a4490a7fb", BuiltIn.Of("sound")["tecnico"]);
    }
}
