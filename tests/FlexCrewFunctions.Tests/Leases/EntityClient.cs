using FlexCrew.Locking;
using FlexCrewFunctions.Tests.Backend;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Entities;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Entities;
using Moq;

namespace FlexCrewFunctions.Tests.Leases;

/// <summary>The client of the lease entities of a backend in memory: it reads their state and signals them.</summary>
internal sealed class EntityClient
{
    public EntityClient(MemoryHub hub)
    {
        Entities.Setup(e => e.GetEntityAsync<LeaseState>(It.IsAny<EntityInstanceId>(), true, It.IsAny<CancellationToken>()))
            .ReturnsAsync((EntityInstanceId id, bool _, CancellationToken _) => hub.Entities.Find(id));
        Entities.Setup(e => e.GetAllEntitiesAsync<LeaseState>(It.IsAny<EntityQuery>()))
            .Returns((EntityQuery query) => Pageable.Create((_, _) => Task.FromResult(new Page<EntityMetadata<LeaseState>>(
                [.. hub.Entities.All.Where(
                    entity => entity.Id.ToString().StartsWith(query.InstanceIdStartsWith!, StringComparison.Ordinal))]))));
        Entities.Setup(
            e => e.SignalEntityAsync(
                It.IsAny<EntityInstanceId>(), It.IsAny<string>(), It.IsAny<object>(), It.IsAny<SignalEntityOptions>(),
                It.IsAny<CancellationToken>()))
            .Returns((EntityInstanceId id, string operation, object? input, SignalEntityOptions? _, CancellationToken _) =>
            {
                Signals.Add(operation);
                return hub.Entities.CallAsync(id, operation, JsonDataConverter.Default.Serialize(input));
            });
        Entities.Setup(e => e.SignalEntityAsync(It.IsAny<EntityInstanceId>(), It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .CallBase();
        Instances.Setup(c => c.Entities).Returns(Entities.Object);
    }

    public Mock<DurableEntityClient> Entities { get; } = new(MockBehavior.Strict, "test");

    public Mock<DurableTaskClient> Instances { get; } = new(MockBehavior.Strict, "test");

    public DurableTaskClient Client => Instances.Object;

    /// <summary>The operations that were signalled.</summary>
    public List<string> Signals { get; } = [];
}
