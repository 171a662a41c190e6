using System.Text;
using FlexCrew.Flex.Reading;

namespace FlexCrew.Tests.Flex.Reading;

public sealed class AddAnswerReaderTests
{
    [Theory]
    [InlineData("""{"id":"line-1"}""", "line-1")]
    [InlineData("""{"lineItemId":"line-1"}""", "line-1")]
    [InlineData("""{"data":{"id":"line-1"}}""", "line-1")]
    [InlineData("""{"data":{"lineItemId":"line-1"}}""", "line-1")]
    [InlineData(
        """{"addedResourceLineIds":["line-1"],"affectedRootLineIds":["root"],"addedNoteLineId":null,"nonRootClonedLineIds":null}""",
        "line-1")]
    [InlineData("""{"id":"","data":{"id":"line-1"}}""", "line-1")]
    [InlineData("\"0b1e5f9e-2f55-4d2b-9d3c-7f4b1f0a1c2d\"", "0b1e5f9e-2f55-4d2b-9d3c-7f4b1f0a1c2d")]
    [InlineData("""{"id":17}""", "17")]
    [InlineData("""{"addedResourceLineIds":[17]}""", "17")]
    [InlineData("17", "17")]
    [InlineData("""{"id":"line-1","lineItemId":"line-2","data":{"id":"line-3"},"addedResourceLineIds":["line-4"]}""", "line-1")]
    [InlineData("""{"data":{"id":"line-1"},"addedResourceLineIds":["line-2"]}""", "line-1")]
    [InlineData("""{"addedResourceLineIds":["line-1","line-2"]}""", "line-1")]
    public void The_id_is_found_wherever_Flex_puts_it(string body, string id) =>
        Assert.Equal(id, AddAnswerReader.Read(Encoding.UTF8.GetBytes(body)).Value);

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"id":null}""")]
    [InlineData("""{"id":" "}""")]
    [InlineData("""{"addedResourceLineIds":[]}""")]
    [InlineData("""{"addedResourceLineIds":null}""")]
    [InlineData("""{"addedResourceLineIds":[null]}""")]
    [InlineData("""{"addedResourceLineIds":"line-1"}""")]
    [InlineData("""{"id":{"name":"line-1"}}""")]
    [InlineData("""[{"id":"line-1"}]""")]
    [InlineData("\"\"")]
    [InlineData("\"OK\"")]
    [InlineData("\"1 contact was added\"")]
    [InlineData("true")]
    [InlineData("")]
    [InlineData("OK, added.")]
    [InlineData("""{"id":"line-1""")]
    [InlineData("""{"id":"line-1","exceptionMessage":"Could not be saved"}""")]
    public void An_answer_without_an_id_is_no_success(string body)
    {
        var read = AddAnswerReader.Read(Encoding.UTF8.GetBytes(body));
        Assert.Null(read.Value);
        Assert.NotNull(read.Failure);
    }
}
