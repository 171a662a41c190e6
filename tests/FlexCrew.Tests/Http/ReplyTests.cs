using System.Text;
using FlexCrew.Http.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace FlexCrew.Tests.Http;

/// <summary>A reply is the same whichever host sends it.</summary>
public sealed class ReplyTests
{
    [Fact]
    public async Task It_is_sent_the_same_as_a_result_of_either_kind()
    {
        var reply = Replies.Error(400, "Größe <b>").With("X-Header", "value");
        var (asResult, asActionResult) = (Context(), Context());
        await ((IResult)reply).ExecuteAsync(asResult);
        await ((IActionResult)reply).ExecuteResultAsync(new ActionContext { HttpContext = asActionResult });

        Assert.Equal(Text(asResult), Text(asActionResult));
        Assert.Equal("""400 application/json 52 value {"ok":false,"error":"Gr\u00F6\u00DFe \u003Cb\u003E"}""", Text(asResult));
    }

    [Fact]
    public async Task An_empty_one_has_length_zero_and_no_content_type()
    {
        var context = Context();
        await Replies.Preflight.ExecuteAsync(context);
        Assert.Equal("200  0  ", Text(context));
    }

    private static DefaultHttpContext Context() => new() { Response = { Body = new MemoryStream() } };

    private static string Text(HttpContext context)
    {
        var body = Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());
        return $"{context.Response.StatusCode} {context.Response.ContentType} {context.Response.ContentLength} {context.Response.Headers["X-Header"]} {body}";
    }
}
