using FlexCrew.Bench.Worlds;

namespace FlexCrew.Bench.Sequential;

/// <summary>
/// A plain client of our own that does what the analysis of the replaced edge function describes: one request after
/// another, no retry, and what cannot be read is taken for empty. It is spared what the edge function paid besides: the
/// way through PostgREST, the question to the sign-in service, a cold start.
/// </summary>
internal sealed class SequentialSync(SequentialTable table, SequentialFlex flex)
{
    public async Task RunAsync(Guid caller, Guid job, IReadOnlyList<string> departments)
    {
        if (await table.RoleOfAsync(caller) is not ("admin" or "management"))
            throw new InvalidOperationException("The caller may not sync.");
        foreach (var department in departments)
            await SyncAsync(job, department);
    }

    private async Task SyncAsync(Guid job, string department)
    {
        if (await table.CrewCallAsync(job, department) is not { } crewCall) return;
        var desired = await table.DesiredAsync(job, department);
        var rows = await table.RowsAsync(crewCall.Id);

        var present = await flex.PresentLinesAsync(crewCall.Element);
        var stale = rows.Where(row => !present.Contains(row.Line)).ToList();
        if (stale.Count > 0) await table.DeleteRowsAsync([.. stale.Select(row => row.Id)]);
        var current = rows.Except(stale).ToList();

        foreach (var one in desired.ExceptBy(current.Select(row => row.Technician), one => one.Technician))
            await AddAsync(crewCall, department, one);
        foreach (var row in current.ExceptBy(desired.Select(one => one.Technician), row => row.Technician))
        {
            await flex.DeleteAsync(row.Line);
            await table.DeleteRowsAsync([row.Id]);
        }

        var wanted = desired.Select(one => one.Resource).ToHashSet();
        var extras = (await flex.ScanAsync(crewCall.Element)).Where(line => !wanted.Contains(line.Resource)).ToList();
        if (extras.Count > 0) await flex.DeleteManyAsync([.. extras.Select(line => line.Line)]);
    }

    private async Task AddAsync(CrewCallRow crewCall, string department, DesiredRow one)
    {
        var line = await flex.AddAsync(crewCall.Element, one.Resource, withForm: false)
            ?? await flex.AddAsync(crewCall.Element, one.Resource, withForm: true);
        if (line is null) return;
        await table.InsertRowAsync(crewCall.Id, one.Technician, line.Value);
        if (Department.BusinessRoleOf(department) is { } role) await flex.SetRoleAsync(crewCall.Element, line.Value, role);
    }
}
