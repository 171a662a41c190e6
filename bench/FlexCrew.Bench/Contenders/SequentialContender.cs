using FlexCrew.Bench.Measuring;
using FlexCrew.Bench.Sequential;
using FlexCrew.Bench.Worlds;

namespace FlexCrew.Bench.Contenders;

/// <summary>The sequential client; each click is a run of its own that knows nothing of the others.</summary>
internal sealed class SequentialContender(SequentialSync sync, Guid caller) : IContender
{
    public string Name => "sequential client";

    public bool KeepsTable => true;

    public bool WorksAfterAnswers => false;

    public bool MeetsTrouble => true;

    public async Task<IReadOnlyList<string>> RunAsync(BenchWorld world)
    {
        var clicks = world.Jobs.SelectMany(job => Enumerable.Repeat(job, world.Scenario.Clicks));
        await Task.WhenAll(clicks.Select(job => sync.RunAsync(caller, job.Id, world.Scenario.Departments)));
        return [];
    }

    public Task<Costs?> CostsAsync() => Task.FromResult<Costs?>(Costs.OfThisProcess);
}
