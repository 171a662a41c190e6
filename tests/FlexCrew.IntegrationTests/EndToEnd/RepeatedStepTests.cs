using FlexCrew.IntegrationTests.EndToEnd.Hooks;
using FlexSimulator;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>
/// A step that ended and is delivered again, because its end was not seen: the worker died, or the database's answer was lost.
/// </summary>
public sealed class RepeatedStepTests
{
    [Fact]
    public async Task An_add_that_is_delivered_again_after_its_end_adds_nobody_twice()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var one = await stage.AssignAsync();
        var run = await HandRun.BeginAsync(stage, crewCall, TimeSpan.FromMinutes(1));
        var first = (await run.AddAsync(one)).Value!;

        var second = (await run.AddAsync(one)).Value!;

        Assert.Equal((first.LineItemId, true), (second.LineItemId, second.Ours));
        Assert.Equal(1, stage.Flex.Log.Count(FlexEndpoint.AddResource));
        await stage.AssertCrewAsync(crewCall, [one]);
    }

    [Fact]
    public async Task An_add_that_is_delivered_twice_at_once_adds_nobody_twice()
    {
        await using var stage = await Stage.SetAsync(overrides: ("FlexCrew:FlexAttemptTimeout", "00:00:00.500"));
        stage.Flex.Behaviour.Latency = TimeSpan.FromMilliseconds(50);
        var crewCall = await stage.AddCrewCallAsync();
        var one = await stage.AssignAsync();
        var run = await HandRun.BeginAsync(stage, crewCall, TimeSpan.FromMinutes(1));

        var added = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => run.AddAsync(one)));

        Assert.Single(added.Select(result => result.Value!.LineItemId).Distinct());
        Assert.Equal(1, stage.Flex.Log.Count(FlexEndpoint.AddResource));
        await stage.AssertCrewAsync(crewCall, [one]);
    }

    [Theory]
    [InlineData("begin add")]
    [InlineData("complete add")]
    public async Task A_journal_whose_answer_is_lost_once_costs_neither_a_duplicate_nor_a_technician(string query)
    {
        await using var stage = await Stage.SetAsync(hosts: 0, overrides: ("FlexCrew:FlexAttemptTimeout", "00:00:00.300"));
        var hook = new LosingOnce(query);
        await stage.AddHostAsync(builder => builder.UseHook(hook));
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(3);

        var summary = await stage.SyncAsync();

        Assert.Null(summary["errors"]);
        Assert.Equal(3, stage.Flex.Log.Count(FlexEndpoint.AddResource));
        Assert.Equal(3, stage.Flex.Log.Count(FlexEndpoint.SetRole));
        await stage.AssertCrewAsync(crewCall, crew);
    }

    private sealed class LosingOnce(string query) : IHook
    {
        private int met;

        public async Task<T> AroundAsync<T>(string name, bool writes, Func<Task<T>> effect)
        {
            var result = await effect();
            return name == query && Interlocked.Increment(ref met) == 1
                ? throw new FlexCrew.Database.DatabaseException(name, "connection broken", isTransient: true)
                : result;
        }
    }
}
