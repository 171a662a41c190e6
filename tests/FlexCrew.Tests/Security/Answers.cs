using Microsoft.AspNetCore.Http;

namespace FlexCrew.Tests.Security;

/// <summary>What a server may answer instead of what it should.</summary>
internal static class Answers
{
    internal static Func<HttpContext, Task> Text(string text) => context => context.Response.WriteAsync(text);

    internal static Func<HttpContext, Task> Status(int status, string body = """{"message":"no"}""") => context =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body);
    };

    internal static Func<HttpContext, Task> RedirectTo(string url) => context =>
    {
        context.Response.Redirect(url);
        return Task.CompletedTask;
    };

    internal static Func<HttpContext, Task> Hang { get; } = async context =>
        await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

    internal static Func<HttpContext, Task> Reset { get; } = context =>
    {
        context.Abort();
        return Task.CompletedTask;
    };

    internal static Func<HttpContext, Task> Endless { get; } = async context =>
    {
        var piece = new byte[64 * 1024];
        while (!context.RequestAborted.IsCancellationRequested)
            await context.Response.Body.WriteAsync(piece, context.RequestAborted);
    };
}
