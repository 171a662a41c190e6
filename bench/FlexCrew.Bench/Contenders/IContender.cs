using FlexCrew.Bench.Measuring;
using FlexCrew.Bench.Worlds;

namespace FlexCrew.Bench.Contenders;

/// <summary>One of those that are compared.</summary>
internal interface IContender
{
    /// <summary>As the report calls it.</summary>
    string Name { get; }

    /// <summary>Whether it keeps the table, which is then checked.</summary>
    bool KeepsTable { get; }

    /// <summary>Whether it meets the trouble that the others have with Flex.</summary>
    bool MeetsTrouble { get; }

    /// <summary>Whether it may go on working after its answers.</summary>
    bool WorksAfterAnswers { get; }

    /// <summary>Does all the clicks of the world, and ends when the last of them is answered.</summary>
    /// <returns>What the answers complain of.</returns>
    Task<IReadOnlyList<string>> RunAsync(BenchWorld world);

    /// <summary>What its processes have cost so far; null where nobody can tell.</summary>
    Task<Costs?> CostsAsync();
}
