using FlexCrew.Locking;
using FlexCrewFunctions.Leases;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client.Entities;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Entities;

namespace FlexCrewFunctions.Tests.Backend;

/// <summary>The lease entities: each operation runs the entity's own class on a state that is stored as JSON.</summary>
internal sealed class MemoryEntities(TimeProvider time)
{
    private readonly Dictionary<EntityInstanceId, string> states = [];

    /// <summary>The stored state; null when there is none.</summary>
    public LeaseState? State(LeaseKey key) =>
        states.TryGetValue(CrewLease.IdOf(key), out var json) ? JsonDataConverter.Default.Deserialize<LeaseState>(json) : null;

    /// <summary>Every entity that has a state.</summary>
    public IReadOnlyList<EntityMetadata<LeaseState>> All => [.. states.Keys.Select(id => Find(id)!)];

    public EntityMetadata<LeaseState>? Find(EntityInstanceId id) => states.TryGetValue(id, out var json)
        ? new EntityMetadata<LeaseState>(id, JsonDataConverter.Default.Deserialize<LeaseState>(json)!)
        : null;

    public async Task<T?> CallAsync<T>(LeaseKey key, string operation, object? input = null) =>
        JsonDataConverter.Default.Deserialize<T>(
            await CallAsync(CrewLease.IdOf(key), operation, JsonDataConverter.Default.Serialize(input)) ?? "null");

    public async Task<string?> CallAsync(EntityInstanceId id, string operation, string? input)
    {
        var call = new EntityCall(id, operation, input, states.GetValueOrDefault(id));
        var result = await new CrewLease(time).RunAsync(call);
        if (call.Stored is { } state) states[id] = state;
        else states.Remove(id);
        return JsonDataConverter.Default.Serialize(result);
    }
}

/// <summary>An operation of an entity.</summary>
internal sealed class EntityCall(EntityInstanceId id, string name, string? input, string? state) : TaskEntityOperation
{
    private readonly StoredState stored = new(state);

    /// <summary>The state after the operation; null when it was deleted.</summary>
    public string? Stored => stored.Json;

    public override string Name => name;

    public override TaskEntityContext Context { get; } = new NoEffects(id);

    public override TaskEntityState State => stored;

    public override bool HasInput => input is not null;

    public override object? GetInput(Type inputType) => JsonDataConverter.Default.Deserialize(input, inputType);

    private sealed class StoredState(string? json) : TaskEntityState
    {
        public string? Json { get; private set; } = json;

        public override bool HasState => Json is not null;

        public override object? GetState(Type type) => JsonDataConverter.Default.Deserialize(Json, type);

        public override void SetState(object? state) => Json = state is null ? null : JsonDataConverter.Default.Serialize(state);
    }

    /// <summary>A lease signals nobody and starts nothing.</summary>
    private sealed class NoEffects(EntityInstanceId id) : TaskEntityContext
    {
        public override EntityInstanceId Id => id;

        public override void SignalEntity(
            EntityInstanceId id, string operationName, object? input = null, SignalEntityOptions? options = null) =>
            throw new NotSupportedException();

        public override string ScheduleNewOrchestration(TaskName name, object? input = null, StartOrchestrationOptions? options = null) =>
            throw new NotSupportedException();
    }
}
