using FlexCrew;
using FlexCrew.Database;
using FlexCrewFunctions.Timers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlexCrewFunctions.Tests.Timers;

public class LogRetentionTests
{
    [Fact]
    public async Task The_timer_deletes_what_is_older_than_the_setting_says()
    {
        var log = new MemoryLog();

        await new LogRetentionFunction(
            log, new FlexCrewOptions { LogRetention = TimeSpan.FromDays(90) }, NullLogger<LogRetentionFunction>.Instance)
            .RunAsync(new TimerInfo(), CancellationToken.None);

        Assert.Equal(TimeSpan.FromDays(90), log.Deleted);
    }

    private sealed class MemoryLog : ILogRetention
    {
        public TimeSpan? Deleted { get; private set; }

        public Task<int> DeleteAsync(TimeSpan olderThan, CancellationToken cancellation)
        {
            Deleted = olderThan;
            return Task.FromResult(3);
        }
    }
}
