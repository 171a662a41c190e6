namespace FlexSimulator;

/// <summary>Answers that take long to send.</summary>
internal static class Slow
{
    /// <summary>A byte at a time.</summary>
    public static async Task DripAsync(HttpContext context, RequestLog log, Call call, Answer answer, TimeSpan interval)
    {
        AnswerWriter.Head(context, answer);
        try
        {
            for (var at = 0; at < answer.Body.Length; at++)
            {
                await Task.Delay(interval, context.RequestAborted);
                if (at == answer.Body.Length - 1) log.End(call, RequestEnding.Answered, answer.Status);
                await context.Response.Body.WriteAsync(answer.Body.AsMemory(at, 1), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
            log.End(call, RequestEnding.Answered, answer.Status);
        }
        catch (OperationCanceledException)
        {
            // The client has gone.
        }
    }

    /// <summary>Valid JSON of that many bytes, never all in memory.</summary>
    public static async Task HugeAsync(HttpContext context, RequestLog log, Call call, long bytes)
    {
        var start = "[{\"padding\":\""u8.ToArray();
        var end = "\"}]"u8.ToArray();
        var left = Math.Max(0, bytes - start.Length - end.Length);
        var chunk = new byte[64 * 1024];
        chunk.AsSpan().Fill((byte)'x');
        context.Response.ContentType = Answer.Json;
        context.Response.ContentLength = start.Length + left + end.Length;
        try
        {
            await context.Response.Body.WriteAsync(start, context.RequestAborted);
            for (; left > 0; left -= chunk.Length)
                await context.Response.Body.WriteAsync(chunk.AsMemory(0, (int)Math.Min(left, chunk.Length)), context.RequestAborted);
            log.End(call, RequestEnding.Answered, 200);
            await context.Response.Body.WriteAsync(end, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The client has gone.
        }
    }
}
