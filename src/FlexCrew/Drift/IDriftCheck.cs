using FlexCrew.Contract;

namespace FlexCrew.Drift;

/// <summary>
/// Looks at the crew calls of jobs to come, one at a time, by reads only, and writes down where table or Flex are not as the assignments
/// are. Called by a timer in each host.
/// </summary>
public interface IDriftCheck
{
    /// <summary>Makes a check where <see cref="DriftOptions.Enabled"/> says so, and else does nothing. Throws <see cref="Database.DatabaseException"/>.</summary>
    /// <param name="runs">Where a sync is started that puts drift right, where that is switched on.</param>
    /// <param name="cancellation">Ends the check.</param>
    Task RunAsync(ISyncRuns runs, CancellationToken cancellation);
}
