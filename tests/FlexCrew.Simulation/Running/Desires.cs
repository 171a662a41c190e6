using FlexCrew.Simulation.Modelling;

namespace FlexCrew.Simulation.Running;

/// <summary>Who should be on which crew call by the tables, and since when: told apart from how the product finds out.</summary>
internal sealed class Desires(World world)
{
    private Dictionary<(Key Key, Guid Technician), (string Resource, DateTimeOffset Since)> now = [];
    private readonly Dictionary<Key, (string Element, DateTimeOffset Since)> elements = [];
    private Dictionary<(Key Key, Guid Technician), (string? Resource, DateTimeOffset Since)> assigned = [];

    /// <summary>Looks again, after the tables have been edited.</summary>
    public void Update()
    {
        var next = new Dictionary<(Key, Guid), (string, DateTimeOffset)>();
        var nextAssigned = new Dictionary<(Key, Guid), (string?, DateTimeOffset)>();
        foreach (var call in world.Database.CrewCalls)
        {
            foreach (var (technician, resource) in AssignedTo(call.Key))
            {
                var isKnown = assigned.TryGetValue((call.Key, technician), out var before) && before.Resource == resource;
                nextAssigned[(call.Key, technician)] = isKnown ? before : (resource, world.Now);
            }

            foreach (var (technician, resource) in Of(call.Key))
            {
                var before = now.GetValueOrDefault((call.Key, technician));
                next[(call.Key, technician)] = before.Resource == resource ? before : (resource, world.Now);
            }

            if (elements.GetValueOrDefault(call.Key).Element != call.Element) elements[call.Key] = (call.Element, world.Now);
        }

        (now, assigned) = (next, nextAssigned);
    }

    /// <summary>Technicians of a key with their resources.</summary>
    public IEnumerable<(Guid Technician, string Resource)> Of(Key key) =>
        AssignedTo(key).Where(one => one.Resource is not null).Select(one => (one.Technician, one.Resource!));

    /// <summary>
    /// Since when a technician is assigned with the resource id that they have; a null resource id says that they have none.
    /// </summary>
    public (string? Resource, DateTimeOffset? Since) AssignedSince(Key key, Guid technician) =>
        assigned.TryGetValue((key, technician), out var found) ? (found.Resource, found.Since) : (null, null);

    private IEnumerable<(Guid Technician, string? Resource)> AssignedTo(Key key)
    {
        foreach (var profile in world.Database.Profiles)
        {
            var wanted = world.Database.Assignments.Any(assignment =>
                assignment.Job == key.Job && assignment.Technician == profile.Id
                && ((key.Department == "sound" ? assignment.Sound : assignment.Lights) is not null
                    || profile.Department == key.Department));
            if (wanted) yield return (profile.Id, profile.ResourceId);
        }
    }

    /// <summary>Since when somebody with the resource is desired; null when nobody is.</summary>
    public DateTimeOffset? Since(Key key, string resource)
    {
        DateTimeOffset? since = null;
        foreach (var (whom, what) in now)
            if (whom.Key == key && what.Resource == resource && (since is null || what.Since < since)) since = what.Since;
        return since;
    }

    /// <summary>Since when the technician is desired with the same resource; null when they are not.</summary>
    public (string Resource, DateTimeOffset Since)? Of(Key key, Guid technician) =>
        now.TryGetValue((key, technician), out var found) ? found : null;

    /// <summary>Since when the key's crew call is the element; null when it is another one.</summary>
    public DateTimeOffset? PointedSince(Key key, string element) =>
        elements.TryGetValue(key, out var pointed) && pointed.Element == element ? pointed.Since : null;
}
