using System.Globalization;

namespace FlexSimulator;

/// <summary>Sends an answer whole.</summary>
internal static class AnswerWriter
{
    public static async Task WriteAsync(HttpContext context, RequestLog log, Call call, Answer answer)
    {
        Head(context, answer);
        log.End(call, RequestEnding.Answered, answer.Status, RetryAfter(answer));
        if (answer.Body.Length > 0) await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    public static void Head(HttpContext context, Answer answer)
    {
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers) context.Response.Headers[name] = value;
        if (answer.ContentType is { } type) context.Response.ContentType = type;
        if (answer.Status is not (204 or 304)) context.Response.ContentLength = answer.Body.Length;
    }

    /// <summary>The time that the answer tells the client to wait.</summary>
    public static TimeSpan? RetryAfter(Answer answer)
    {
        var text = answer.Headers.FirstOrDefault(header => header.Key.Equals("Retry-After", StringComparison.OrdinalIgnoreCase)).Value;
        if (text is null) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return TimeSpan.FromSeconds(seconds);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date - DateTimeOffset.UtcNow
            : null;
    }
}
