using System.Text;
using FlexCrew.Flex.Reading;

namespace FlexCrew.Tests.Flex.Reading;

public sealed class FlexErrorTests
{
    [Theory]
    [InlineData("""{"exceptionMessage":"No such element"}""", "No such element")]
    [InlineData("""{"error":"Not Found","message":"No such path","status":404}""", "No such path")]
    [InlineData("""{"error":"Not Found"}""", "Not Found")]
    [InlineData("""{"error":{"message":"No such element","code":7}}""", "No such element")]
    [InlineData("""{"error":true}""", "")]
    [InlineData("""{"error":{"exceptionMessage":"No such element"}}""", "No such element")]
    [InlineData("""{"error":{"exceptionMessage":"java.lang.Exception","message":"No such element"}}""", "No such element")]
    [InlineData("""{"success":false,"message":"Locked"}""", "Locked")]
    [InlineData("""{"success":false}""", "")]
    public void What_Flex_says_went_wrong_is_found(string body, string text) =>
        Assert.Equal(text, FlexError.Of(Encoding.UTF8.GetBytes(body), "secret"));

    [Theory]
    [InlineData("""{"exceptionMessage":null,"error":null,"success":true,"message":"Saved"}""")]
    [InlineData("""{"exceptionMessage":"","error":false}""")]
    [InlineData("""[{"error":"in a row"}]""")]
    [InlineData("\"error\"")]
    [InlineData("""{"error":""")]
    [InlineData("")]
    public void What_tells_of_no_error_is_none(string body) => Assert.Null(FlexError.Of(Encoding.UTF8.GetBytes(body), "secret"));

    [Fact]
    public void The_text_is_one_line_without_control_characters()
    {
        var body = Encoding.UTF8.GetBytes("{\"exceptionMessage\":\"a\\r\\nSet-Cookie: x\\u0000\\u001b[31m\\u2028 b \"}");
        Assert.Equal("a Set-Cookie: x [31m b", FlexError.Of(body, "secret"));
    }

    [Fact]
    public void A_long_text_is_cut_and_no_part_of_the_token_is_left_at_the_cut()
    {
        var body = Encoding.UTF8.GetBytes($$"""{"exceptionMessage":"{{new string('x', 190)}} tok/en+1234567890 was refused"}""");
        var text = FlexError.Of(body, "tok/en+1234567890")!;
        Assert.Equal(200, text.Length);
        Assert.EndsWith(" [token] w", text);
    }

    [Fact]
    public void Two_hundred_characters_are_shown_whole() => Assert.Equal(new string('x', 200), FlexError.Show(new string('x', 200), ""));

    [Fact]
    public void A_token_that_is_escaped_in_the_json_is_found_all_the_same()
    {
        var body = Encoding.UTF8.GetBytes("""{"exceptionMessage":"token tok\/en\u002B1 expired"}""");
        Assert.Equal("token [token] expired", FlexError.Of(body, "tok/en+1"));
    }
}
