using FlexCrew.Contract;

namespace FlexCrew.Sync;

/// <summary>
/// The time limit of a run. Its steps stop by themselves when it is over; a step or a lease that never answers is given up some time
/// later, so that no run waits for ever. One timer serves all waits of a run.
/// </summary>
internal sealed class RunDeadline : IDisposable
{
    private readonly ISyncHost host;
    private readonly CancellationTokenSource ended = new();
    private readonly TimeSpan grace;
    private readonly Task over;

    public RunDeadline(ISyncHost host, FlowSettings settings)
    {
        this.host = host;
        grace = settings.DeadHolderAfter / 2;
        At = host.UtcNow + settings.RunDeadline;
        over = host.DelayAsync(settings.RunDeadline + grace, ended.Token);
    }

    /// <summary>When the limit is reached.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Whether the limit is reached.</summary>
    public bool IsOver => host.UtcNow >= At;

    /// <summary>Waits for an answer; false when none came in time.</summary>
    public async Task<bool> WaitForAsync(Task answer)
    {
        if (over.IsCompleted) return await WaitALittleAsync(answer);
        return await Task.WhenAny(answer, over) == answer;
    }

    /// <summary>Lets the timer go.</summary>
    public void Dispose()
    {
        LetGo(ended);
        ended.Dispose();
    }

    // Cancels synchronously: after CancelAsync the code would go on outside of the context that an orchestrator must stay in.
    private static void LetGo(CancellationTokenSource timer) => timer.Cancel();

    // What is called after the limit, such as the log, has its own time.
    private async Task<bool> WaitALittleAsync(Task answer) =>
        await Task.WhenAny(answer, host.DelayAsync(grace * 4, ended.Token)) == answer;
}
