using FlexCrew.Planning;
using FsCheck.Fluent;

namespace FlexCrew.Tests.Planning;

public sealed class ResourceIdsTests
{
    private const string Id = "0a1b2c3d-0000-4000-8000-00000000000f";

    [Theory]
    [InlineData(Id)]
    [InlineData($"  {Id}\t")]
    [InlineData($"{{{Id}}}")]
    [InlineData($" {{ {Id} }} ")]
    [InlineData($"\"{Id}\"")]
    [InlineData($"'{Id}'")]
    [InlineData($"\u200b{Id}\ufeff")]
    [InlineData($"\u202a{Id}\u202c")]
    [InlineData($"{Id}\r\n")]
    [InlineData($"\u00a0{Id}\u00a0")]
    [InlineData("0a1b2c3d-0000-4000-\u00ad8000-00000000000f")]
    public void What_was_pasted_around_an_id_is_no_part_of_it(string typed) => Assert.Equal(Id, ResourceIds.Clean(typed));

    [Theory]
    [InlineData(null), InlineData(""), InlineData("   "), InlineData("\u200b"), InlineData("{}"), InlineData("{ }"), InlineData("\"\"")]
    public void Where_nothing_is_left_there_is_no_id(string? typed) => Assert.Null(ResourceIds.Clean(typed));

    /// <summary>Ids are opaque: what can be seen in the middle of one belongs to it.</summary>
    [Theory]
    [InlineData("contact 7"), InlineData("a{b}c"), InlineData("{a"), InlineData("a}"), InlineData("{"), InlineData("Ärmel"),
        InlineData("'a\"")]
    public void Anything_else_is_left_as_it_is(string typed) => Assert.Equal(typed, ResourceIds.Clean(typed));

    [Fact]
    public void What_was_cleaned_of_a_braced_or_blank_id_does_not_change_when_it_is_cleaned_again() => Properties.Hold(
        from before in Gen.Elements("", " ", "{", "\u200b", "\t{ ")
        from middle in Gen.Elements("a", "a b", "0a1b-\u200b2c3d", "A{B}C")
        from after in Gen.Elements("", " ", "}", "\ufeff", " }\n")
        select before + middle + after,
        typed =>
        {
            var clean = ResourceIds.Clean(typed);
            Assert.Equal(clean, ResourceIds.Clean(clean));
        });
}
