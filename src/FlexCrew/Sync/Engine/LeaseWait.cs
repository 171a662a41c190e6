using FlexCrew.Locking;

namespace FlexCrew.Sync;

/// <summary>Takes the lease of a crew call: asks, waits, and frees it from a holder that is no more.</summary>
internal static class LeaseWait
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AskAboutHolderFrom = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Asks until it is granted or coalesced; null when that did not happen before the run's deadline. The waits double
    /// from 0.25 s to 5 s; once they are a second long, the holder is looked at before each.
    /// </summary>
    public static async Task<LeaseAnswer?> AcquireAsync(
        DepartmentRun department, ILeases leases, ISyncHost host, RunDeadline deadline)
    {
        var key = department.LeaseKey;
        long? ticket = null;
        for (var delay = First; ; delay = delay * 2 < Longest ? delay * 2 : Longest)
        {
            var asking = leases.TryAcquireAsync(key, new LeaseRequest(department.Holder, department.Request.PruneOrphans, ticket));
            if (!await deadline.WaitForAsync(asking)) return null;
            var answer = await asking;
            if (answer.Kind != LeaseAnswerKind.Busy) return answer;
            ticket = answer.Ticket;

            if (delay >= AskAboutHolderFrom && await TakeOverAsync(answer)) continue;
            if (deadline.IsOver) return null;
            host.Report(new SyncProgress("waiting for lease"));
            await host.DelayAsync(delay, CancellationToken.None);
        }

        async Task<bool> TakeOverAsync(LeaseAnswer busy)
        {
            var looking = leases.HolderStateAsync(busy.Holder!);
            if (!await deadline.WaitForAsync(looking)) return false;
            if (!Holders.IsGone(await looking, busy.AcquiredAt!.Value, department.Settings.HolderLimits, host.UtcNow)) return false;
            var taking = leases.TakeOverAsync(key, new LeaseTakeOver(busy.Holder!, busy.Token));
            return await deadline.WaitForAsync(taking) && await taking;
        }
    }
}
