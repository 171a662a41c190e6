using FlexCrew.Contract;
using FlexCrew.Locking;

namespace FlexCrew.Sync;

/// <summary>Takes the lease of a crew call: asks, waits, and frees it from a holder that is no more.</summary>
internal static class LeaseWait
{
    private static readonly TimeSpan LookAtHolderEvery = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Asks until it is granted or coalesced; null when that did not happen before the run's deadline. Everybody asks often while those who
    /// wait move up. A command, which waits for each that comes first, asks less the further back it is; a sync does not, since the next
    /// sync that is granted the lease answers it. The holder is looked at once a second at most.
    /// </summary>
    public static async Task<LeaseAnswer?> AcquireAsync(
        DepartmentRun department, ILeases leases, ISyncHost host, RunDeadline deadline)
    {
        var key = department.LeaseKey;
        var lookAt = host.UtcNow + LookAtHolderEvery;
        var (movedAt, place) = (host.UtcNow, int.MaxValue);
        long? ticket = null;
        while (true)
        {
            var asking = leases.TryAcquireAsync(key, new LeaseRequest(
                department.Holder, department.Request.PruneOrphans, ticket, IsCommand: department.Request.Person is not null));
            if (!await deadline.WaitForAsync(asking)) return null;
            var answer = await asking;
            if (answer.Kind != LeaseAnswerKind.Busy) return answer;
            ticket = answer.Ticket;
            if (answer.Place < place) (movedAt, place) = (host.UtcNow, answer.Place);

            if (host.UtcNow >= lookAt && answer.Holder is not null)
            {
                if (await TakeOverAsync(answer)) continue;
                lookAt = host.UtcNow + LookAtHolderEvery;
            }

            if (deadline.IsOver) return null;
            host.Report(new SyncProgress("waiting for lease"));
            var before = department.Request.Person is null ? 0 : place;
            await host.DelayAsync(PollDelay.After(host.UtcNow - movedAt, before), CancellationToken.None);
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
