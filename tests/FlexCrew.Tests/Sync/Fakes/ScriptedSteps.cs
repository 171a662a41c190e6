using FlexCrew.Database;
using FlexCrew.Sync;

namespace FlexCrew.Tests.Sync.Fakes;

/// <summary>Steps that answer by script, several answers in turn (the last one for ever); a step without a script succeeds.</summary>
internal sealed class ScriptedSteps : ICrewSyncSteps
{
    private readonly Dictionary<string, Queue<Func<object, object>>> scripts = [];

    public List<(string Name, object Input)> Calls { get; } = [];

    /// <summary>The rows that were written to the log.</summary>
    public IEnumerable<SyncLogRow> Logged => Calls.Select(call => call.Input).OfType<RecordInput>().Select(input => input.Row);

    public ScriptedSteps Answer<TIn, TOut>(Step<TIn, TOut> step, params StepResult<TOut>[] answers) where TIn : IStepInput where TOut : class
    {
        foreach (var answer in answers) Script(step.Name, _ => answer);
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

    public int CallsOf<TIn, TOut>(Step<TIn, TOut> step) where TIn : IStepInput where TOut : class => Calls.Count(call => call.Name == step.Name);

    public async Task<StepResult<TOut>> CallAsync<TIn, TOut>(Step<TIn, TOut> step, TIn input) where TIn : IStepInput where TOut : class
    {
        Calls.Add((step.Name, input));
        await Task.Yield();
        if (!scripts.TryGetValue(step.Name, out var script)) return new StepResult<TOut>((TOut)Usual(input), null);
        return (StepResult<TOut>)(script.Count > 1 ? script.Dequeue() : script.Peek())(input);
    }

    private void Script(string name, Func<object, object> answer)
    {
        if (!scripts.TryGetValue(name, out var script)) scripts[name] = script = new();
        script.Enqueue(answer);
    }

    private static object Usual(object input) => input switch
    {
        ResolveInput => new ResolvedCrew(new Guid("cccccccc-0000-0000-0000-000000000001"), "element", [], new Dictionary<string, string>(), false, []),
        PruneInput => new PrunedCrew([], 0, 0, [], [], []),
        StaleInput => new StaleRowsDeleted([]),
        RereadInput => new CrewRows([]),
        AddInput add => new AddedContact(add.AdoptLineItemId ?? $"line-{add.ResourceId}", Ours: true, BusinessRole: null),
        RoleInput role => new RoleSet(role.LineItemId),
        RemoveInput remove => new RemovedRows([.. remove.Rows.Select(row => row.TechnicianId)], remove.ContactsToDelete, []),
        RecordInput record => new RunRecorded(record.Row.Status),
        _ => throw new NotSupportedException(input.GetType().Name),
    };
}
