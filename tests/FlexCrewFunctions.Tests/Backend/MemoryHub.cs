using System.Text.Json;
using System.Text.Json.Nodes;
using FlexCrew.Contract;
using FlexCrew.Locking;
using FlexCrewFunctions.Http;
using FlexCrewFunctions.Leases;
using FlexCrewFunctions.Orchestrations;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Entities;
using Microsoft.DurableTask.Protobuf;
using Action = Microsoft.DurableTask.Protobuf.OrchestratorAction.OrchestratorActionTypeOneofCase;

namespace FlexCrewFunctions.Tests.Backend;

/// <summary>
/// A Durable backend in memory. Its clock jumps to the next thing that is due, so that retries and waits cost no time;
/// events arrive one by one, so that an orchestrator is replayed as often as it can be.
/// </summary>
internal sealed class MemoryHub : TimeProvider
{
    /// <summary>What an activity, or a call to an entity, takes.</summary>
    public static readonly TimeSpan Hop = TimeSpan.FromMilliseconds(10);

    private readonly Dictionary<string, Instance> instances = [];
    private readonly PriorityQueue<(Func<Task> Happen, string? Of), (DateTimeOffset At, int Number)> queue = new();
    private DateTimeOffset now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private int number;

    public MemoryHub()
    {
        Entities = new MemoryEntities(this);
        Activities = new MemoryActivities(this);
        Orchestrators = new Dictionary<string, ITaskOrchestrator>
        {
            [SyncJobRequest.OrchestrationName] = new Orchestrator<SyncJobInput, SyncJobResult>(new SyncJobOrchestration(Settled).RunAsync),
            [SyncCrewCallOrchestration.Name] = new Orchestrator<DepartmentRun,
            DepartmentSummary>(new SyncCrewCallOrchestration(Settled).RunAsync),
        };
    }

    public Dictionary<string, ITaskOrchestrator> Orchestrators { get; }

    /// <summary>What the process that carries out the orchestrations tells those that wait in it.</summary>
    public SettledRuns Settled { get; } = new();

    public MemoryActivities Activities { get; }

    public MemoryEntities Entities { get; }

    /// <summary>Everything that orchestrations asked for, in order.</summary>
    public List<string> Trace { get; } = [];

    /// <summary>The timers that fired while their orchestration ran: its waits, those between retries of an activity too.</summary>
    public List<TimeSpan> Waits { get; } = [];

    /// <summary>Calls that arrive at an entity and fail there.</summary>
    public Func<string, bool> EntityFails { get; set; } = _ => false;

    /// <summary>Calls that an entity never answers.</summary>
    public Func<string, bool> EntitySilent { get; set; } = _ => false;

    public override DateTimeOffset GetUtcNow() => now;

    public Instance? Find(string id) => instances.GetValueOrDefault(id);

    public IEnumerable<Instance> Instances => instances.Values;

    /// <summary>Starts an orchestration and lets everything happen that follows; answers its output.</summary>
    public async Task<T?> RunAsync<T>(string name, string id, object input)
    {
        Start(name, id, JsonDataConverter.Default.Serialize(input), parent: null);
        await RunAsync();
        var completion = Find(id)!.Completion
            ?? throw new InvalidOperationException(
                $"{id} waits for ever after: {string.Join(", ", Trace.TakeLast(12))}; it was at {Find(id)!.CustomStatus}");
        return completion.OrchestrationStatus == OrchestrationStatus.Completed
            ? JsonDataConverter.Default.Deserialize<T>(completion.Result)
            : throw new InvalidOperationException($"{id} {completion.OrchestrationStatus}: {completion.FailureDetails?.ErrorMessage}");
    }

    public void Start(string name, string id, string? input, (string Instance, int TaskId)? parent)
    {
        instances.Add(id, new Instance(id, name, input, Orchestrators[name], parent, now));
        Deliver(id, TimeSpan.Zero, new HistoryEvent
        {
            EventId = -1,
            ExecutionStarted = new ExecutionStartedEvent
            {
                Name = name, Input = input,
                OrchestrationInstance = new OrchestrationInstance { InstanceId = id, ExecutionId = $"execution of {id}" },
            },
        });
    }

    /// <summary>Lets everything happen that comes, and what follows from it; with a limit, until then.</summary>
    public async Task RunAsync(DateTimeOffset? until = null)
    {
        while (queue.TryPeek(out var next, out var due) && (until is null || due.At <= until))
        {
            queue.Dequeue();
            if (next.Of is { } id && Find(id)?.Completion is not null) continue;
            if (due.At > now) now = due.At;
            await next.Happen();
        }
        if (until > now) now = until.Value;
    }

    /// <summary>Lets something happen in the world, once the clock is there.</summary>
    public void After(TimeSpan delay, Func<Task> happen, string? of = null) => queue.Enqueue((happen, of), (now + delay, number++));

    private async Task ActAsync(Instance instance, OrchestratorAction action)
    {
        switch (action.OrchestratorActionTypeCase)
        {
            case Action.ScheduleTask:
                Trace.Add(action.ScheduleTask.Name);
                if (await Activities.RunAsync(action.Id, action.ScheduleTask.Name, action.ScheduleTask.Input) is { } ended)
                    Deliver(instance.Id, Hop, ended);
                break;
            case Action.CreateTimer:
                var fireAt = action.CreateTimer.FireAt.ToDateTimeOffset();
                var wait = fireAt - now;
                Deliver(instance.Id, wait, new HistoryEvent
                {
                    EventId = -1, TimerFired = new TimerFiredEvent { TimerId = action.Id, FireAt = action.CreateTimer.FireAt },
                }, () =>
                {
                    Waits.Add(wait);
                    Trace.Add($"wait {wait.TotalSeconds:0.##} s");
                });
                break;
            case Action.SendEvent:
                if (await CallEntityAsync(action.SendEvent) is { } answer) Deliver(instance.Id, Hop, answer);
                break;
            case Action.CreateSubOrchestration:
                var started = action.CreateSubOrchestration;
                Trace.Add($"start {started.Name} {started.InstanceId}");
                Start(started.Name, started.InstanceId, started.Input, (instance.Id, action.Id));
                break;
            case Action.CompleteOrchestration:
                Complete(instance, action.CompleteOrchestration);
                break;
            default:
                throw new NotSupportedException(action.ToString());
        }
    }

    /// <summary>Lets an entity do an operation; answers nothing where it was signalled, or is silent.</summary>
    private async Task<HistoryEvent?> CallEntityAsync(SendEventAction sent)
    {
        var request = JsonNode.Parse(sent.Data)!;
        var operation = request["op"]!.GetValue<string>();
        var reply = new JsonObject();
        if (EntitySilent(operation))
        {
            Trace.Add($"{operation}: no answer");
            return null;
        }

        if (EntityFails(operation))
        {
            reply["exceptionType"] = "(unknown)";
            reply["failureDetails"] = JsonSerializer.SerializeToNode(new { ErrorType = "(unknown)", ErrorMessage = "the entity failed" });
        }
        else
            reply["result"] = await Entities.CallAsync(
                EntityInstanceId.FromString(sent.Instance.InstanceId), operation, request["input"]?.GetValue<string>());
        Trace.Add(operation == nameof(CrewLease.TryAcquire) && reply["result"] is { } answer
            ? $"{operation}: {JsonDataConverter.Default.Deserialize<LeaseAnswer>(answer.GetValue<string>())!.Kind}"
            : operation);
        return request["signal"]?.GetValue<bool>() is true ? null : new HistoryEvent
        {
            EventId = -1, EventRaised = new EventRaisedEvent { Name = request["id"]!.GetValue<string>(), Input = reply.ToJsonString() },
        };
    }

    private void Complete(Instance instance, CompleteOrchestrationAction completion)
    {
        instance.Completion = completion;
        if (instance.Parent is not var (parent, taskId)) return;
        var ended = new HistoryEvent { EventId = -1 };
        if (completion.OrchestrationStatus == OrchestrationStatus.Completed)
            ended.SubOrchestrationInstanceCompleted = new SubOrchestrationInstanceCompletedEvent
            {
                TaskScheduledId = taskId,
                Result = completion.Result
            };
        else
            ended.SubOrchestrationInstanceFailed = new SubOrchestrationInstanceFailedEvent
            {
                TaskScheduledId = taskId,
                FailureDetails = completion.FailureDetails
            };
        Deliver(parent, TimeSpan.Zero, ended);
    }

    private void Deliver(string id, TimeSpan after, HistoryEvent message, System.Action? arrives = null) => After(after, async () =>
    {
        if (Find(id) is not { Completion: null } instance) return;
        arrives?.Invoke();
        foreach (var action in instance.Advance(now, message))
            await ActAsync(instance, action);
    }, id);
}
