using FlexCrew.Locking;

namespace FlexCrew.Sync;

/// <summary>Takes the lease of a crew call: asks, waits, and frees it from a holder that is no more.</summary>
public static class LeaseWait
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AskAboutHolderFrom = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Asks until it is granted or covered; null when that did not happen within the run's deadline. The waits double
    /// from 0.25 s to 5 s; once they are a second long, the holder is looked at before each.
    /// </summary>
    internal static async Task<LeaseAnswer?> AcquireAsync(DepartmentRun department, LeaseKey key, ILeases leases, ISyncHost host)
    {
        var giveUpAt = host.UtcNow + department.Settings.RunDeadline;
        long? ticket = null;
        for (var delay = First; ; delay = delay * 2 < Longest ? delay * 2 : Longest)
        {
            var answer = await leases.TryAcquireAsync(key, new LeaseRequest(department.Holder, department.Request.PruneOrphans, ticket));
            if (answer.Kind != LeaseAnswerKind.Busy) return answer;
            ticket = answer.Ticket;

            if (delay >= AskAboutHolderFrom
                && IsDead(answer, await leases.HolderStateAsync(answer.Holder!), department.Settings, host.UtcNow)
                && await leases.TakeOverAsync(key, new LeaseTakeOver(answer.Holder!, answer.Token)))
                continue;

            if (host.UtcNow >= giveUpAt) return null;
            host.Report(new SyncProgress("waiting for lease"));
            await host.DelayAsync(delay);
        }
    }

    /// <summary>
    /// Whether a holder is no more: its run has ended for long enough that nothing it sent is still under way, or is
    /// older than its own deadline with the same margin.
    /// </summary>
    public static bool IsDead(LeaseAnswer busy, HolderState state, FlowSettings settings, DateTimeOffset now)
    {
        var acquiredAt = busy.AcquiredAt ?? DateTimeOffset.MinValue;
        return state.Running
            ? now - acquiredAt >= settings.RunDeadline + settings.DeadHolderAfter
            : now - (state.Since ?? acquiredAt) >= settings.DeadHolderAfter;
    }
}
