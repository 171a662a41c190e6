using System.Collections.Concurrent;
using FlexCrew.IntegrationTests.EndToEnd.Hooks;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>How often a sync asks the database: each query is a round trip to a server that may be far away.</summary>
public sealed class QueryCountTests
{
    [Fact]
    public async Task A_settled_crew_call_is_read_in_one_query_beside_the_role_of_the_caller_and_the_log_row() =>
        Assert.Equal(["caller's role", "crew", "write sync log"], await CountAsync((_, _) => Task.CompletedTask));

    [Fact]
    public async Task Somebody_new_costs_one_query_before_each_request_and_one_after() => Assert.Equal(
        ["begin add", "caller's role", "complete add", "crew", "fence", "write sync log"],
        await CountAsync((stage, _) => stage.AssignAsync()));

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task However_many_leave_a_deletion_costs_one_query_before_it_and_two_after(int leaving) => Assert.Equal(
        ["caller's role", "crew", "delete crew rows", "desired crew", "desired crew", "write sync log"],
        await CountAsync(async (stage, crew) =>
        {
            foreach (var (technician, _) in crew.Take(leaving)) await stage.UnassignAsync(technician);
        }));

    [Fact]
    public async Task A_stale_row_costs_a_query_to_delete_it_and_one_to_read_again() => Assert.Equal(
        ["begin add", "caller's role", "complete add", "crew", "crew", "delete crew rows", "fence", "write sync log"],
        await CountAsync((stage, _) => Task.FromResult(stage.Flex.World.RemoveLine(stage.Flex.World.CrewCalls.Single().Contacts[0].Id))));

    private static async Task<IEnumerable<string>> CountAsync(Func<Stage, IReadOnlyList<(Guid Id, string Resource)>, Task> change)
    {
        await using var stage = await Stage.SetAsync(hosts: 0);
        var counter = new Counter();
        await stage.AddHostAsync(builder => builder.UseHook(counter));
        await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(6);
        await stage.SyncAsync();
        await change(stage, crew);
        await stage.RunsEndedAsync();
        counter.Queries.Clear();

        Assert.Null((await stage.SyncAsync())["errors"]);

        await stage.RunsEndedAsync();
        return counter.Queries.Order(StringComparer.Ordinal);
    }

    private sealed class Counter : IHook
    {
        public ConcurrentQueue<string> Queries { get; } = new();

        public Task<T> AroundAsync<T>(string name, bool writes, Func<Task<T>> effect)
        {
            if (!name.Contains('/', StringComparison.Ordinal) && !name.Contains("retr", StringComparison.Ordinal)) Queries.Enqueue(name);
            return effect();
        }
    }
}
