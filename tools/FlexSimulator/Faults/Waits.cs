namespace FlexSimulator;

internal static class Waits
{
    /// <summary>Waits until the token is cancelled or the time is over, whichever comes first.</summary>
    public static async Task UntilAsync(CancellationToken end, TimeSpan? limit = null)
    {
        try
        {
            await Task.Delay(limit ?? Timeout.InfiniteTimeSpan, end);
        }
        catch (OperationCanceledException)
        {
            // That is what was waited for.
        }
    }
}
