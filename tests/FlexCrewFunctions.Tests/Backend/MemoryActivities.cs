using FlexCrew;
using FlexCrew.Contract;
using FlexCrew.Locking;
using FlexCrew.Sync;
using FlexCrew.Tests.Sync.Fakes;
using FlexCrewFunctions.Activities;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Protobuf;

namespace FlexCrewFunctions.Tests.Backend;

/// <summary>The activities: the steps by script, and the look-up of holders. What goes in and out is JSON, as in a history.</summary>
internal sealed class MemoryActivities
{
    private readonly Dictionary<string, Func<string, Task<object>>> bodies = [];
    private (string Name, int Times, Failure? Failure) broken = ("", 0, null);

    public MemoryActivities(MemoryHub hub)
    {
        HolderState = holder => (hub.Find(holder) ?? hub.Find(DepartmentRun.InstanceOf(holder))) is { } instance
            ? instance.Completion is null
                ? new HolderState(HolderStatus.Running) : new HolderState(HolderStatus.Ended, instance.LastUpdated)
            : new HolderState(HolderStatus.NotFound);
        bodies[HolderStateActivity.Name] = json =>
            Task.FromResult<object>(HolderState(JsonDataConverter.Default.Deserialize<string>(json)!));
        Add(SyncSteps.Resolve);
        Add(SyncSteps.Prune);
        Add(SyncSteps.DeleteStale);
        Add(SyncSteps.Reread);
        Add(SyncSteps.Add);
        Add(SyncSteps.SetRole);
        Add(SyncSteps.Remove);
        Add(SyncSteps.Record);
    }

    public ScriptedSteps Steps { get; } = new();

    public Func<string, HolderState> HolderState { get; set; }

    /// <summary>Lets an activity fail a number of times: by the failure, or by an exception where there is none.</summary>
    public void Break(string name, int times, Failure? failure) => broken = (name, times, failure);

    /// <summary>The activity that never answers.</summary>
    public string? Silent { get; set; }

    /// <summary>Runs an activity; answers the event that tells how it ended, if it does. Its input comes as an array of one.</summary>
    public async Task<HistoryEvent?> RunAsync(int taskId, string name, string input)
    {
        if (name == Silent) return null;
        try
        {
            var result = JsonDataConverter.Default.Serialize(await BodyAsync(name, input[1..^1]));
            return new HistoryEvent { EventId = -1, TaskCompleted = new TaskCompletedEvent { TaskScheduledId = taskId, Result = result } };
        }
        catch (InvalidOperationException thrown)
        {
            // As it arrives from the real host: without the type of the exception.
            var details = new TaskFailureDetails { ErrorType = "(unknown)", ErrorMessage = thrown.Message };
            return new HistoryEvent
            {
                EventId = -1,
                TaskFailed = new TaskFailedEvent { TaskScheduledId = taskId, FailureDetails = details }
            };
        }
    }

    private async Task<object> BodyAsync(string name, string input)
    {
        if (name != broken.Name || broken.Times-- <= 0) return await bodies[name](input);
        return broken.Failure is { } failure ? StepResult<object>.Failed(failure) : throw new InvalidOperationException("boom");
    }

    private void Add<TIn, TOut>(Step<TIn, TOut> step) where TIn : IStepInput where TOut : class =>
        bodies[step.Name] = async json => await Steps.CallAsync(step, JsonDataConverter.Default.Deserialize<TIn>(json)!);
}
