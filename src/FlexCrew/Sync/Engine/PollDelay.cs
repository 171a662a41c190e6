namespace FlexCrew.Sync;

/// <summary>How long to wait before asking again for something that another run holds.</summary>
internal static class PollDelay
{
    /// <summary>The shortest wait but for the first one.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>
    /// 0.05 s at first, since a run that has answered gives back what it holds once it is recorded, a moment later. Then an eighth of what
    /// was waited already, between 0.25 s and 5 s: a short wait ends soon after the holder does, a long one costs few questions.
    /// </summary>
    /// <param name="waited">What was waited already.</param>
    /// <param name="place">How many others come first whose time has to be waited for too.</param>
    public static TimeSpan After(TimeSpan waited, int place = 0)
    {
        var wait = waited < First ? First : waited / 8 < Shortest ? Shortest : waited / 8;
        wait *= place + 1;
        return wait > Longest ? Longest : wait;
    }
}
