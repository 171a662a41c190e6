using System.Text;
using FlexCrew.Flex.Reading;

namespace FlexCrew.Tests.Flex.Reading;

public sealed class ReplyRulesTests
{
    [Theory]
    [InlineData(400, FailureKind.FlexRejected, false)]
    [InlineData(404, FailureKind.FlexRejected, false)]
    [InlineData(422, FailureKind.FlexRejected, false)]
    [InlineData(401, FailureKind.FlexToken, false)]
    [InlineData(403, FailureKind.FlexToken, false)]
    [InlineData(300, FailureKind.FlexToken, false)]
    [InlineData(301, FailureKind.FlexToken, false)]
    [InlineData(302, FailureKind.FlexToken, false)]
    [InlineData(408, FailureKind.FlexUnavailable, true)]
    [InlineData(425, FailureKind.FlexUnavailable, true)]
    [InlineData(429, FailureKind.FlexUnavailable, true)]
    [InlineData(500, FailureKind.FlexUnavailable, true)]
    [InlineData(501, FailureKind.FlexUnavailable, false)]
    [InlineData(502, FailureKind.FlexUnavailable, true)]
    [InlineData(503, FailureKind.FlexUnavailable, true)]
    [InlineData(504, FailureKind.FlexUnavailable, true)]
    public void A_status_says_what_kind_of_failure_it_is_and_whether_a_read_is_tried_again(int status, FailureKind kind, bool again)
    {
        var reply = new FlexReply { Status = status };
        var failure = ReplyRules.FailureOf(reply)!;
        Assert.Equal((kind, again, status), (failure.Kind, failure.Retryable, failure.Status));
        Assert.Equal(again, ReplyRules.MayReadAgain(reply));
    }

    [Theory]
    [InlineData(500, true)]
    [InlineData(503, true)]
    [InlineData(501, false)]
    [InlineData(429, false)]
    [InlineData(404, false)]
    [InlineData(401, false)]
    [InlineData(200, false)]
    public void Only_server_errors_count_as_an_outage(int status, bool outage) =>
        Assert.Equal(outage, ReplyRules.IsOutage(new FlexReply { Status = status }));

    [Theory]
    [InlineData(429, true)]
    [InlineData(503, true)]
    [InlineData(500, false)]
    [InlineData(404, false)]
    [InlineData(200, false)]
    public void Refusals_for_load_are_objections(int status, bool objection) =>
        Assert.Equal(objection, ReplyRules.IsObjection(new FlexReply { Status = status }));

    [Theory]
    [InlineData(FlexReply.Timeout, true)]
    [InlineData("unreachable", false)]
    public void So_is_an_answer_that_does_not_come_in_time_and_no_other_missing_one(string problem, bool objection)
    {
        Assert.Equal(objection, ReplyRules.IsObjection(FlexReply.None(problem, "", sent: true)));
        Assert.Equal(objection, ReplyRules.IsObjection(new FlexReply { Status = 200 }.Broken(problem, "")));
    }

    [Fact]
    public void So_do_missing_and_broken_answers_but_not_what_was_never_sent_on_purpose()
    {
        Assert.True(ReplyRules.IsOutage(FlexReply.None("broken", "Flex closed the connection without an answer", sent: true)));
        Assert.True(ReplyRules.IsOutage(new FlexReply { Status = 200 }.Broken("timeout", "Flex did not answer within 15 s")));
        Assert.False(ReplyRules.IsOutage(FlexReply.Withheld(new Failure(FailureKind.Database, "timeout", Retryable: true))));
    }

    [Fact]
    public void A_failure_is_a_sentence_with_what_Flex_says()
    {
        Assert.Equal("Flex answered HTTP 503", Failure(503, "").Message);
        Assert.Equal(
            "Flex answered HTTP 409: The element is locked", Failure(409, """{"exceptionMessage":"The element is locked"}""").Message);
        Assert.Equal("Flex answered with an error", Failure(200, """{"error":true}""").Message);
        Assert.Equal("Flex answered with an error: The element is locked", Failure(200, """{"error":"The element is locked"}""").Message);
        Assert.Equal("Flex answered with a part of the content (HTTP 206)", Failure(206, "[]").Message);
    }

    /// <summary>
    /// By what Flex publishes: a token has its user's rights, and a base URL without /f5 is answered with 403 and a page.
    /// </summary>
    [Theory]
    [InlineData(401, "", "The Flex token was refused (HTTP 401): it is wrong or revoked, or its user is locked")]
    [InlineData(401, "<html>", "The Flex token was refused (HTTP 401): it is wrong or revoked, or its user is locked")]
    [InlineData(403, "", "The Flex token was refused (HTTP 403): its user may lack a right in Flex, or FLEX_API_BASE_URL is wrong")]
    [InlineData(
        403, "<html>", "The Flex token was refused (HTTP 403 with an HTML page): FLEX_API_BASE_URL is probably wrong, it ends in /f5/api")]
    [InlineData(302, "", "The Flex token was refused (HTTP 302, redirected): it is no longer valid, or FLEX_API_BASE_URL is wrong")]
    [InlineData(200, "<html>", "The Flex token was refused (login page): it is no longer valid, or FLEX_API_BASE_URL is wrong")]
    public void A_refused_token_comes_with_what_else_it_may_be(int status, string body, string message)
    {
        var failure = Failure(status, body);
        Assert.Equal((FailureKind.FlexToken, status, message), (failure.Kind, failure.Status, failure.Message));
    }

    [Theory]
    [InlineData(200, "[]", "200")]
    [InlineData(204, "", "204")]
    [InlineData(200, "<html>", "login-page")]
    [InlineData(202, "<!DOCTYPE html>", "login-page")]
    [InlineData(302, "<html>", "302")]
    [InlineData(403, "<html>", "403")]
    public void A_login_page_is_labelled_as_what_it_is(int status, string body, string label) =>
        Assert.Equal(label, ReplyRules.LabelOf(new FlexReply { Status = status, Body = Encoding.UTF8.GetBytes(body) }));

    [Fact]
    public void A_failure_carries_how_long_Flex_asked_to_wait()
    {
        var reply = new FlexReply { Status = 429, RetryAfter = TimeSpan.FromSeconds(7) };
        Assert.Equal(TimeSpan.FromSeconds(7), ReplyRules.FailureOf(reply)!.RetryAfter);
    }

    [Fact]
    public void A_whole_success_is_no_failure() =>
        Assert.Null(ReplyRules.FailureOf(new FlexReply { Status = 200, Body = "[]"u8.ToArray() }));

    private static Failure Failure(int status, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return ReplyRules.FailureOf(new FlexReply { Status = status, Body = bytes, ErrorText = FlexError.Of(bytes, "secret") })!;
    }
}
