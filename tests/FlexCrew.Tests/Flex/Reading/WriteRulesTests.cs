using System.Text;
using FlexCrew.Flex;
using FlexCrew.Flex.Reading;

namespace FlexCrew.Tests.Flex.Reading;

public sealed class WriteRulesTests
{
    private const string Html = "<!DOCTYPE html><html></html>";

    public static TheoryData<string, int, string, string> Outcomes => new()
    {
        { "Add", 200, """{"id":"line-1"}""", "Applied line-1" },
        { "Add", 201, """{"id":"line-1"}""", "Applied line-1" },
        { "Add", 200, "{}", "Unknown" },
        { "Add", 200, "", "Unknown" },
        { "Add", 204, "", "Unknown" },
        { "Add", 200, "OK, added.", "Unknown" },
        { "Add", 200, """{"exceptionMessage":"late trigger failed"}""", "Unknown" },
        { "Add", 202, """{"id":"line-1"}""", "Unknown" },
        { "Add", 500, """{"exceptionMessage":"late trigger failed"}""", "Unknown" },
        { "Add", 501, "", "Unknown" },
        { "Add", 502, "", "Unknown" },
        { "Add", 504, "", "Unknown" },
        { "Add", 599, "", "Unknown" },
        { "Add", 503, "", "Unknown" },
        { "Add", 408, "", "NotApplied FlexUnavailable retryable" },
        { "Add", 425, "", "NotApplied FlexUnavailable retryable" },
        { "Add", 429, "", "NotApplied FlexUnavailable retryable" },
        { "Add", 400, "", "NotApplied FlexRejected" },
        { "Add", 404, "", "NotApplied FlexRejected" },
        { "Add", 409, "", "NotApplied FlexRejected" },
        { "Add", 415, "", "NotApplied FlexRejected" },
        { "Add", 401, "", "NotApplied FlexToken" },
        { "Add", 403, Html, "NotApplied FlexToken" },
        { "Add", 300, "", "NotApplied FlexToken" },
        { "Add", 302, "", "NotApplied FlexToken" },
        { "Add", 307, "", "NotApplied FlexToken" },
        { "Add", 200, Html, "NotApplied FlexToken" },
        { "Add", 202, Html, "NotApplied FlexToken" },
        { "Add", 503, Html, "Unknown" },
        { "Add", 206, """{"id":"line-1"}""", "Unknown" },
        { "Add", 502, Html, "Unknown" },
        { "SetRole", 200, "", "Applied " },
        { "SetRole", 204, "", "Applied " },
        { "SetRole", 200, "saved", "Applied " },
        { "SetRole", 200, """{"success":false}""", "Unknown" },
        { "SetRole", 404, "", "NotApplied FlexRejected" },
        { "SetRole", 500, "", "Unknown" },
        { "SetRole", 503, "", "NotApplied FlexUnavailable retryable" },
        { "SetRole", 200, Html, "NotApplied FlexToken" },
        { "Delete", 200, "{}", "Applied " },
        { "Delete", 204, "", "Applied " },
        { "Delete", 404, """{"exceptionMessage":"No such line"}""", "Applied " },
        { "Delete", 410, "", "NotApplied FlexRejected" },
        { "Delete", 202, "", "Unknown" },
        { "Delete", 500, "", "Unknown" },
        { "Delete", 503, "", "NotApplied FlexUnavailable retryable" },
        { "DeleteMany", 503, "", "NotApplied FlexUnavailable retryable" },
        { "DeleteMany", 200, "", "Applied " },
        { "DeleteMany", 404, "", "NotApplied FlexRejected" },
    };

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void The_outcome_of_a_write_follows_from_status_and_body(string kind, int status, string body, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var reply = new FlexReply { Status = status, Body = bytes, ErrorText = FlexError.Of(bytes, "secret") };
        Assert.Equal(expected, Describe(WriteRules.OutcomeOf(Enum.Parse<WriteKind>(kind), reply)));
    }

    [Fact]
    public void A_request_that_never_left_was_not_applied_and_may_be_sent_again()
    {
        var reply = FlexReply.None("unreachable", "Flex cannot be reached", sent: false);
        Assert.Equal("NotApplied FlexUnavailable retryable", Describe(WriteRules.OutcomeOf(WriteKind.Add, reply)));
        Assert.True(WriteRules.MaySendAgain(WriteKind.Add, reply));
    }

    [Theory]
    [InlineData(null, "Unknown")]
    [InlineData(200, "Unknown")]
    [InlineData(500, "Unknown")]
    [InlineData(503, "Unknown")]
    [InlineData(429, "NotApplied FlexUnavailable retryable")]
    [InlineData(400, "NotApplied FlexRejected")]
    [InlineData(401, "NotApplied FlexToken")]
    public void An_answer_that_broke_off_is_worth_its_status(int? status, string expected)
    {
        var reply = new FlexReply { Status = status }.Broken("broken", "Flex closed the connection in the middle of its answer");
        Assert.Equal(expected, Describe(WriteRules.OutcomeOf(WriteKind.Add, reply)));
    }

    [Fact]
    public void No_status_makes_an_unknown_outcome_be_sent_again_at_once()
    {
        foreach (var kind in Enum.GetValues<WriteKind>())
        {
            foreach (var status in Enumerable.Range(100, 600))
            {
                var reply = new FlexReply { Status = status };
                var outcome = WriteRules.OutcomeOf(kind, reply);
                Assert.Equal(status is 408 or 425 or 429 || (status == 503 && kind != WriteKind.Add), WriteRules.MaySendAgain(kind, reply));
                Assert.True(outcome is not WriteOutcome.Applied || status is (>= 200 and < 300) or 404);
                Assert.True(outcome is not WriteOutcome.NotApplied || status is (>= 300 and < 500) or 503);
            }
        }
    }

    /// <summary>
    /// Whoever names a time to come back has refused on purpose: a 503 without one may come from a proxy that lost the answer.
    /// </summary>
    [Theory]
    [InlineData(null, "Unknown", false)]
    [InlineData(0, "NotApplied FlexUnavailable retryable", true)]
    [InlineData(7, "NotApplied FlexUnavailable retryable", true)]
    public void A_503_to_an_add_is_a_refusal_only_where_it_says_when_to_come_back(int? seconds, string expected, bool again)
    {
        var reply = new FlexReply { Status = 503, RetryAfter = seconds is { } wait ? TimeSpan.FromSeconds(wait) : null };
        Assert.Equal(expected, Describe(WriteRules.OutcomeOf(WriteKind.Add, reply)));
        Assert.Equal(again, WriteRules.MaySendAgain(WriteKind.Add, reply));
    }

    private static string Describe(WriteOutcome outcome) => outcome switch
    {
        WriteOutcome.Applied applied => $"Applied {applied.LineItemId}",
        WriteOutcome.NotApplied { Failure: var failure } => $"NotApplied {failure.Kind}{(failure.Retryable ? " retryable" : "")}",
        WriteOutcome.Unknown { Failure.Retryable: true } => "Unknown",
        _ => outcome.ToString()!,
    };
}
