using System.Security.Cryptography;
using System.Text;
using FlexCrew.Locking;

namespace FlexCrew.Sync;

/// <summary>
/// Of crew calls that are linked to one element in Flex only one is synced at a time: a lease of the element, taken after
/// that of the crew call. So nobody who holds it waits for another lease. It covers nobody: what a sibling did is no answer.
/// </summary>
internal static class ElementTurn
{
    /// <summary>The key: made of a hash, since an element may be any text, and written in any case.</summary>
    public static LeaseKey KeyOf(string element) =>
        new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(element.Trim().ToLowerInvariant())).AsSpan(0, 16)), LeaseKey.Element);

    /// <summary>Waits for the turn and runs <paramref name="flow"/>; gives up when the run's deadline passes first.</summary>
    public static async Task<DepartmentOutcome> RunAsync(
        string element, DepartmentRun department, ILeases leases, ISyncHost host, Func<Task<DepartmentOutcome>> flow)
    {
        var key = KeyOf(element);
        if (await LeaseWait.AcquireAsync(department, key, leases, host) is not { } turn)
            return DepartmentOutcome.Failed(new Failure(
                FailureKind.DeadlineExceeded, "A sync of another department or job that is linked to the same crew call in Flex is still running"));
        try
        {
            return await flow();
        }
        finally
        {
            await leases.ReleaseAsync(key, new LeaseRelease(department.Holder, turn.Token, Pruned: false, Summary: null));
        }
    }
}
