using FlexCrew.Database;
using FlexCrew.Planning;
using FlexCrew.Tests.Sync.Fakes;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Planning;

public sealed class ElementOwnershipTests
{
    private static readonly ContactOrigin Nothing = new(Placed: false, Mapped: false, Prunes: false, IsDuplicate: false);

    private readonly SoleOwner sole = new();
    private readonly SharedElement shared = new(
        ["linked-line"], [DesiredCrew.Of([Assigned(5, sound: "SND-PA-T", resource: "linked-resource")], "sound")]);

    [Fact]
    public void An_element_of_one_crew_call_has_one_owner() => Assert.IsType<SoleOwner>(ElementOwnership.Of(new CrewReading()));

    [Fact]
    public void An_element_with_linked_crew_calls_is_shared_with_what_their_jobs_desire()
    {
        var other = new Guid("99999999-0000-0000-0000-000000000002");
        var ownership = ElementOwnership.Of(new CrewReading
        {
            Linked = [new LinkedCallRow(Tech(90), Runs.Job, "lights"), new LinkedCallRow(Tech(91), other, "sound")],
            Assignments =
            [
                Assigned(1, lights: "LGT-PA-T", resource: "of-lights"),
                Assigned(2, sound: "SND-PA-T", resource: "of-the-other-job") with { JobId = other },
                Assigned(3, sound: "SND-PA-T", resource: "of-the-own-crew-call"),
            ],
            LinkedLineItemIds = ["linked-line"],
        });

        var placed = Nothing with { Placed = true };
        Assert.NotNull(ownership.Diagnostic);
        Assert.False(ownership.MayDelete(Contact("L1", "of-lights"), placed));
        Assert.False(ownership.MayDelete(Contact("L2", "OF-THE-OTHER-JOB"), placed));
        Assert.False(ownership.MayDelete(Contact("LINKED-LINE", "whoever"), placed));
        Assert.True(ownership.MayDelete(Contact("L3", "of-the-own-crew-call"), placed));
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(false, true, true)]
    [InlineData(true, false, true)]
    [InlineData(true, true, true)]
    public void A_sole_owner_deletes_what_FlexCrew_placed_and_with_pruning_everything(bool placed, bool prunes, bool may) =>
        Assert.Equal(may, sole.MayDelete(Contact("L1", "r1"), Nothing with { Placed = placed, Prunes = prunes }));

    [Theory]
    [InlineData(false, false, false, false)]
    [InlineData(false, false, true, false)]
    [InlineData(false, true, false, false)]
    [InlineData(false, true, true, true)]
    [InlineData(true, false, false, true)]
    public void In_a_shared_element_pruning_reaches_only_what_this_crew_call_maps(bool placed, bool mapped, bool prunes, bool may) =>
        Assert.Equal(may, shared.MayDelete(Contact("L1", "r1"), new ContactOrigin(placed, mapped, prunes, IsDuplicate: false)));

    [Theory]
    [InlineData("LINKED-line", "r1", true, false)]
    [InlineData("linked-line", "r1", false, false)]
    [InlineData("L1", "LINKED-resource", false, false)]
    [InlineData("L1", "linked-resource", true, true)]
    [InlineData("L1", null, false, true)]
    public void Nobody_deletes_what_another_crew_call_maps_nor_the_last_that_it_wants(
        string line, string? resource, bool duplicate, bool may) =>
        Assert.Equal(may, shared.MayDelete(Contact(line, resource), new ContactOrigin(true, true, true, duplicate)));

    [Fact]
    public void A_sole_owner_keeps_the_closest_of_several_and_of_equals_the_oldest()
    {
        var contacts = new[] { Contact("L1", "r1"), Contact("L2", "r1"), Contact("L3", "r1") };

        Assert.Equal("L2", sole.Keep(contacts, contact => contact.LineItemId == "L1" ? 0 : 1).LineItemId);
    }

    [Fact]
    public void In_a_shared_element_the_oldest_stays_however_close_another_is()
    {
        var contacts = new[] { Contact("L1", "r1"), Contact("L2", "r1") };

        Assert.Equal("L1", shared.Keep(contacts, contact => contact.LineItemId == "L2" ? 2 : 0).LineItemId);
    }

    [Fact]
    public void Only_a_shared_element_is_worth_a_word()
    {
        Assert.Null(sole.Diagnostic);
        Assert.Contains("linked to another department or job", shared.Diagnostic);
    }
}
