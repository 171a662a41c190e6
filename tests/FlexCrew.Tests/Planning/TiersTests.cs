using FlexCrew.Planning;

namespace FlexCrew.Tests.Planning;

public class TiersTests
{
    [Theory]
    [InlineData("SND-FOH-R"), InlineData("SND-MON-R"), InlineData("SND-SYS-R")]
    [InlineData("LGT-BRD-R"), InlineData("LGT-SYS-R"), InlineData("LGT-ASST-R"), InlineData("LGT-DIM-R")]
    [InlineData("VID-SW-R"), InlineData("PROD-RESP-R")]
    public void Codes_that_end_in_R_are_responsable(string code) => Assert.Equal(Tier.Responsable, Tiers.OfRoleCode(code));

    [Theory]
    [InlineData("SND-FOH-E"), InlineData("SND-MON-E"), InlineData("SND-RF-E"), InlineData("SND-SYS-E")]
    [InlineData("LGT-BRD-E"), InlineData("LGT-SYS-E"), InlineData("LGT-FOLO-E"), InlineData("LGT-ASST-E"), InlineData("LGT-DIM-E")]
    [InlineData("VID-DIR-E"), InlineData("VID-CAM-E"), InlineData("VID-LED-E"), InlineData("VID-PROJ-E")]
    public void Codes_that_end_in_E_are_especialista_even_with_R_inside(string code) =>
        Assert.Equal(Tier.Especialista, Tiers.OfRoleCode(code));

    [Theory]
    [InlineData("SND-PA-T"), InlineData("SND-MNT-T")]
    [InlineData("LGT-PA-T"), InlineData("LGT-CAN-T"), InlineData("LGT-MON-T")]
    [InlineData("VID-PA-T"), InlineData("PROD-AYUD-T"), InlineData("PROD-COND-T")]
    public void Codes_that_end_in_T_are_tecnico(string code) => Assert.Equal(Tier.Tecnico, Tiers.OfRoleCode(code));

    [Theory]
    [InlineData(null), InlineData(""), InlineData("   "), InlineData("none"), InlineData("FOH engineer"), InlineData("R"),
        InlineData("SND-R-X"), InlineData("SND-FOH-R2")]
    public void Anything_else_has_no_tier(string? code) => Assert.Null(Tiers.OfRoleCode(code));

    [Theory]
    [InlineData(" snd-foh-r ", Tier.Responsable), InlineData("\tFOH-E\n", Tier.Especialista), InlineData("Foh-T", Tier.Tecnico)]
    public void Case_and_surrounding_blanks_do_not_matter(string code, Tier tier) => Assert.Equal(tier, Tiers.OfRoleCode(code));

    [Fact]
    public void A_responsable_is_above_an_especialista_and_an_especialista_above_a_tecnico()
    {
        Assert.True(Tier.Responsable > Tier.Especialista);
        Assert.True(Tier.Especialista > Tier.Tecnico);
    }

    [Theory]
    [InlineData(Tier.Responsable, "responsable"), InlineData(Tier.Especialista, "especialista"), InlineData(Tier.Tecnico, "tecnico")]
    public void Tiers_have_the_names_that_configuration_uses(Tier tier, string name) => Assert.Equal(name, tier.Name());
}
