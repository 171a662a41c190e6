using FlexCrew.Database;
using FlexCrew.Planning;
using FlexCrew.Sync;

namespace FlexCrew.Tests.Sync.Fakes;

/// <summary>Steps that answer by script, several answers in turn (the last one for ever); a step without a script succeeds.</summary>
internal sealed class ScriptedSteps : ICrewSyncSteps
{
    private readonly Dictionary<string, Queue<Func<object, object>>> scripts = [];

    public List<(string Name, object Input)> Calls { get; } = [];

    /// <summary>The rows that were written to the log.</summary>
    public IEnumerable<SyncLogRow> Logged => Inputs<RecordInput>().Select(input => input.Row);

    public IEnumerable<T> Inputs<T>() => Calls.Select(call => call.Input).OfType<T>();

    public ScriptedSteps Answer<TIn,
    TOut>(Step<TIn, TOut> step, params StepResult<TOut>[] answers) where TIn : IStepInput where TOut : class
    {
        foreach (var answer in answers) Script(step.Name, _ => Task.FromResult(answer));
        return this;
    }

    public ScriptedSteps Answer<TIn, TOut>(Step<TIn, TOut> step, TOut value) where TIn : IStepInput where TOut : class =>
        Answer(step, new StepResult<TOut>(value, null));

    public ScriptedSteps Fail<TIn, TOut>(Step<TIn, TOut> step, Failure failure) where TIn : IStepInput where TOut : class =>
        Answer(step, StepResult<TOut>.Failed(failure));

    public ScriptedSteps Throw<TIn, TOut>(Step<TIn, TOut> step, Exception exception) where TIn : IStepInput where TOut : class
    {
        Script(step.Name, _ => throw exception);
        return this;
    }

    /// <summary>The step answers when the test lets it.</summary>
    public TaskCompletionSource<StepResult<TOut>> Hold<TIn, TOut>(Step<TIn, TOut> step) where TIn : IStepInput where TOut : class
    {
        var held = new TaskCompletionSource<StepResult<TOut>>();
        Script(step.Name, _ => held.Task);
        return held;
    }

    /// <summary>A plan to carry out.</summary>
    public ScriptedSteps Plan(CrewPlan plan) => Answer(SyncSteps.Resolve, Runs.Resolved(plan));

    public int CallsOf<TIn, TOut>(Step<TIn, TOut> step) where TIn : IStepInput where TOut : class =>
        Calls.Count(call => call.Name == step.Name);

    public Task<StepResult<TOut>> CallAsync<TIn, TOut>(Step<TIn, TOut> step, TIn input) where TIn : IStepInput where TOut : class
    {
        Calls.Add((step.Name, input));
        if (!scripts.TryGetValue(step.Name, out var script)) return Task.FromResult(new StepResult<TOut>((TOut)Usual(input), null));
        return (Task<StepResult<TOut>>)(script.Count > 1 ? script.Dequeue() : script.Peek())(input);
    }

    private void Script(string name, Func<object, object> answer)
    {
        if (!scripts.TryGetValue(name, out var script)) scripts[name] = script = new();
        script.Enqueue(answer);
    }

    private static object Usual(object input) => input switch
    {
        ResolveInput => Runs.Resolved(new CrewPlan()),
        PruneInput prune => new RemovedContacts { Deleted = prune.Contacts },
        StaleInput stale => new StaleRowsDeleted(stale.Rows.Count),
        RereadInput => new CrewPlan(),
        AddInput add => new AddedContact(add.Existing?.LineItemId ?? $"line-{add.ResourceId}", Ours: true, BusinessRole: null),
        RoleInput role => new RoleSet(role.Role.LineItemId!),
        RemoveInput remove => new RemovedContacts { Deleted = remove.Contacts, Rows = remove.Rows },
        RecordInput record => new RunRecorded(record.Row.Status),
        _ => throw new NotSupportedException(input.GetType().Name),
    };
}
