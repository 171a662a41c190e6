using FlexCrewFunctions.Tests.Backend;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Moq;

namespace FlexCrewFunctions.Tests.Http;

/// <summary>The client of a backend in memory, and a clock on which every wait lets the backend work for that long.</summary>
internal sealed class HubClient(MemoryHub hub) : TimeProvider
{
    private Task working = Task.CompletedTask;

    /// <summary>Waits that began.</summary>
    public int Timers { get; private set; }

    /// <summary>Ends when the backend has done what the waits let it do.</summary>
    public Task StopAsync() => working;

    public DurableTaskClient Client
    {
        get
        {
            var client = new Mock<DurableTaskClient>(MockBehavior.Strict, "test");
            client.Setup(c => c.ScheduleNewOrchestrationInstanceAsync(
                    It.IsAny<TaskName>(), It.IsAny<object>(), It.IsAny<StartOrchestrationOptions>(), It.IsAny<CancellationToken>()))
                .ReturnsAsync((TaskName name, object input, StartOrchestrationOptions options, CancellationToken _) =>
                {
                    hub.Start(name.Name, options.InstanceId!, JsonDataConverter.Default.Serialize(input), parent: null);
                    return options.InstanceId!;
                });
            client.Setup(c => c.GetInstanceAsync(It.IsAny<string>(), It.IsAny<bool>(), It.IsAny<CancellationToken>()))
                .ReturnsAsync((string id, bool everything, CancellationToken _) => Find(id, everything));
            return client.Object;
        }
    }

    public override DateTimeOffset GetUtcNow() => hub.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Timers++;
        var until = hub.GetUtcNow() + dueTime;
        working = working.ContinueWith(async _ =>
        {
            await hub.RunAsync(until);
            callback(state);
        }, TaskScheduler.Default).Unwrap();
        return new Elapsing();
    }

    private OrchestrationMetadata? Find(string id, bool everything) =>
        hub.Find(id) is not { } instance ? null : new OrchestrationMetadata(instance.Name, id)
        {
            RuntimeStatus = instance.Completion is { } completion
            ? (OrchestrationRuntimeStatus)completion.OrchestrationStatus : OrchestrationRuntimeStatus.Running,
            CreatedAt = instance.Created,
            LastUpdatedAt = instance.LastUpdated,
            SerializedInput = everything ? instance.Input : null,
            SerializedOutput = everything ? instance.Completion?.Result : null,
            SerializedCustomStatus = everything ? instance.CustomStatus : null,
            DataConverter = JsonDataConverter.Default,
        };

    private sealed class Elapsing : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
