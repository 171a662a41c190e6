using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Protobuf;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Grpc;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.DependencyInjection;

namespace FlexCrewFunctions.Tests.Backend;

/// <summary>
/// An orchestration with its history. Each event that arrives runs the orchestrator from its first line, by the same
/// call that the Functions worker makes: what happened before is replayed, and an orchestrator that does otherwise
/// than its history says fails.
/// </summary>
internal sealed partial class Instance(
    string id, string name, string? input, ITaskOrchestrator orchestrator, (string Instance, int TaskId)? parent, DateTimeOffset created)
{
    private static readonly IServiceProvider Services = new ServiceCollection()
        .AddSingleton(new DurableTaskShimFactory(new DurableTaskWorkerOptions { EnableEntitySupport = true }, null))
        .BuildServiceProvider();

    private readonly List<HistoryEvent> history = [];
    private readonly List<(int Past, HistoryEvent[] Arrived, OrchestratorResponse Response)> turns = [];

    public string Id => id;

    public string Name => name;

    public string? Input => input;

    public DateTimeOffset Created { get; } = created;

    public (string Instance, int TaskId)? Parent => parent;

    public CompleteOrchestrationAction? Completion { get; set; }

    public string? CustomStatus { get; private set; }

    public DateTimeOffset LastUpdated { get; private set; } = created;

    /// <summary>How often the orchestrator was run from its first line.</summary>
    public int Turns => turns.Count;

    /// <summary>Delivers events, and answers what the orchestrator does next.</summary>
    public IReadOnlyList<OrchestratorAction> Advance(DateTimeOffset now, params HistoryEvent[] events)
    {
        LastUpdated = now;
        HistoryEvent[] arrived = [new HistoryEvent { EventId = -1, OrchestratorStarted = new OrchestratorStartedEvent() }, .. events];
        foreach (var arrival in arrived) arrival.Timestamp = Timestamp.FromDateTimeOffset(now);
        var response = Run(history, arrived);
        turns.Add((history.Count, arrived, response));
        if (response.CustomStatus is { } status) CustomStatus = status;

        history.AddRange(arrived);
        history.AddRange(response.Actions.Select(Event).OfType<HistoryEvent>());
        history.Add(new HistoryEvent { EventId = -1, OrchestratorCompleted = new OrchestratorCompletedEvent() });
        foreach (var past in history.Where(past => past.Timestamp is null)) past.Timestamp = Timestamp.FromDateTimeOffset(now);
        return response.Actions;
    }

    /// <summary>What the orchestrator did in each turn, and what it does when the same history is replayed.</summary>
    public IEnumerable<(string Then, string Now)> Replay() =>
        turns.Select(turn => (Text(turn.Response), Text(Run(history[..turn.Past], turn.Arrived))));

    /// <summary>The engine itself dates its messages to entities by the clock of the machine.</summary>
    private static string Text(OrchestratorResponse response) => RequestTime().Replace(response.ToString(), "");

    [GeneratedRegex("""requestTime\\":\\"[^"]*""")]
    private static partial Regex RequestTime();

    private OrchestratorResponse Run(IEnumerable<HistoryEvent> past, HistoryEvent[] arrived)
    {
        var request = new OrchestratorRequest
        {
            InstanceId = id,
            EntityParameters = new OrchestratorEntityParameters { EntityMessageReorderWindow = new Duration() }
        };
        request.PastEvents.AddRange(past);
        request.NewEvents.AddRange(arrived);
        var answer = GrpcOrchestrationRunner.LoadAndRun(Convert.ToBase64String(request.ToByteArray()), orchestrator, Services);
        return OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(answer));
    }

    private static HistoryEvent? Event(OrchestratorAction action) => action.OrchestratorActionTypeCase switch
    {
        OrchestratorAction.OrchestratorActionTypeOneofCase.ScheduleTask => new HistoryEvent
        {
            EventId = action.Id,
            TaskScheduled = new TaskScheduledEvent { Name = action.ScheduleTask.Name, Input = action.ScheduleTask.Input },
        },
        OrchestratorAction.OrchestratorActionTypeOneofCase.CreateTimer => new HistoryEvent
        {
            EventId = action.Id, TimerCreated = new TimerCreatedEvent { FireAt = action.CreateTimer.FireAt },
        },
        OrchestratorAction.OrchestratorActionTypeOneofCase.SendEvent => new HistoryEvent
        {
            EventId = action.Id,
            EventSent = new EventSentEvent
            {
                InstanceId = action.SendEvent.Instance.InstanceId, Name = action.SendEvent.Name, Input = action.SendEvent.Data,
            },
        },
        OrchestratorAction.OrchestratorActionTypeOneofCase.CreateSubOrchestration => new HistoryEvent
        {
            EventId = action.Id,
            SubOrchestrationInstanceCreated = new SubOrchestrationInstanceCreatedEvent
            {
                InstanceId = action.CreateSubOrchestration.InstanceId,
                Name = action.CreateSubOrchestration.Name,
                Input = action.CreateSubOrchestration.Input,
            },
        },
        _ => null,
    };
}
