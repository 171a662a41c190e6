using FlexCrewFunctions.Tests.Backend;
using FlexCrewFunctions.Timers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace FlexCrewFunctions.Tests.Timers;

public class HistoryPurgeTests
{
    [Fact]
    public async Task Only_what_ended_and_was_created_more_than_fourteen_days_ago_is_purged()
    {
        var time = new MemoryHub();
        PurgeInstancesFilter? filter = null;
        var client = new Mock<DurableTaskClient>(MockBehavior.Strict, "test");
        client.Setup(c => c.PurgeAllInstancesAsync(It.IsAny<PurgeInstancesFilter>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((PurgeInstancesFilter asked, CancellationToken _) =>
            {
                filter = asked;
                return new PurgeResult(3);
            });
        await new HistoryPurgeFunction(time, NullLogger<HistoryPurgeFunction>.Instance)
            .RunAsync(new TimerInfo(), client.Object, CancellationToken.None);

        Assert.Equal((null, time.GetUtcNow().AddDays(-14)), (filter?.CreatedFrom, filter?.CreatedTo));
        Assert.Equal(["Completed", "Failed", "Terminated"], filter?.Statuses?.Select(status => status.ToString()).Order());
    }
}
