using FlexCrew.Sync;

namespace FlexCrew.Tests.Sync;

public class ConcurrentlyTests
{
    [Theory]
    [InlineData(1), InlineData(3), InlineData(4), InlineData(50)]
    public async Task Never_more_run_at_once_than_allowed_and_as_many_as_possible(int atMost)
    {
        var work = new ManualWork(20);
        var running = Concurrently.RunAsync(work.Items, atMost, () => { });

        while (work.Open.Count > 0)
        {
            Assert.Equal(Math.Min(atMost, 20 - work.Ended), work.Open.Count);
            work.End(work.Open.Count / 2);
        }

        Assert.Equal(Enumerable.Range(0, 20), await running);
    }

    [Fact]
    public async Task Work_starts_in_the_order_of_the_list()
    {
        var work = new ManualWork(9);
        var running = Concurrently.RunAsync(work.Items, 3, () => { });
        while (work.Open.Count > 0) work.End(0);
        await running;

        Assert.Equal(Enumerable.Range(0, 9), work.Started);
    }

    [Fact]
    public async Task Each_end_is_told()
    {
        var told = 0;
        await Concurrently.RunAsync(
            [.. Enumerable.Range(0, 7).Select(item => (Func<Task<int>>)(() => Task.FromResult(item)))], 2, () => told++);

        Assert.Equal(7, told);
    }

    [Fact]
    public async Task Nothing_to_do_is_done_at_once() =>
        Assert.Empty(await Concurrently.RunAsync(new List<Func<Task<int>>>(), 4, () => { }));

    [Fact]
    public async Task When_one_throws_the_others_end_before_it_is_told()
    {
        var slow = new TaskCompletionSource<int>();
        var running = Concurrently.RunAsync<int>([() => throw new InvalidOperationException("boom"), () => slow.Task], 2, () => { });

        Assert.False(running.IsCompleted);
        slow.SetResult(1);
        await Assert.ThrowsAsync<InvalidOperationException>(() => running);
    }

    /// <summary>Work whose items end when the test says so.</summary>
    private sealed class ManualWork
    {
        public ManualWork(int count) => Items = [.. Enumerable.Range(0, count).Select(item => (Func<Task<int>>)(() => Start(item)))];

        public IReadOnlyList<Func<Task<int>>> Items { get; }

        public List<(int Item, TaskCompletionSource<int> End)> Open { get; } = [];

        public List<int> Started { get; } = [];

        public int Ended { get; private set; }

        public void End(int index)
        {
            var (item, end) = Open[index];
            Open.RemoveAt(index);
            Ended++;
            end.SetResult(item);
        }

        private Task<int> Start(int item)
        {
            Started.Add(item);
            Open.Add((item, new TaskCompletionSource<int>()));
            return Open[^1].End.Task;
        }
    }
}
