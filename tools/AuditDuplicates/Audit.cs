using FlexCrew.Flex;
using Npgsql;

namespace AuditDuplicates;

/// <summary>What was found.</summary>
/// <param name="InTable">Technicians who have more than one row in a crew call.</param>
/// <param name="InFlex">Contacts that are more than once in a crew call in Flex.</param>
/// <param name="Unread">Crew calls that Flex did not list.</param>
internal sealed record AuditResult(int InTable, int InFlex, int Unread);

/// <summary>
/// Looks for who is twice in a crew call, in the table and, through FlexCrew's client, in Flex. Writes nothing but its report.
/// </summary>
/// <param name="source">The database.</param>
/// <param name="flex">The client; null to leave Flex out.</param>
/// <param name="output">Gets the report.</param>
internal sealed class Audit(NpgsqlDataSource source, ICrewCallClient? flex, TextWriter output)
{
    private const int AtOnce = 4;

    public async Task<AuditResult> RunAsync(Guid? job, int? days, CancellationToken cancellation)
    {
        var reader = new TableReader(source);
        var crewCalls = await reader.CrewCallsAsync(job, days, cancellation);
        var rows = (await reader.RowsAsync(cancellation)).ToLookup(row => row.CrewCallId);
        await output.WriteLineAsync(
            $"{crewCalls.Count} crew calls, {crewCalls.Sum(crewCall => rows[crewCall.Id].Count())} rows in flex_crew_assignments");
        await output.WriteLineAsync();

        var inTable = await TableAsync(crewCalls, rows);
        if (flex is null) return new AuditResult(inTable, 0, 0);
        var (inFlex, unread) = await FlexAsync(flex, crewCalls, rows, await reader.OwnersAsync(cancellation), cancellation);
        return new AuditResult(inTable, inFlex, unread);
    }

    private async Task<int> TableAsync(IReadOnlyList<CrewCallOfJob> crewCalls, ILookup<Guid, AssignmentOfCrewCall> rows)
    {
        var found = 0;
        await output.WriteLineAsync("In the table: technicians with more than one row in a crew call");
        foreach (var crewCall in crewCalls)
            foreach (var same in rows[crewCall.Id].GroupBy(row => row.TechnicianId).Where(same => same.Count() > 1))
            {
                found++;
                var name = same.First().Name ?? "no name";
                await output.WriteLineAsync(
                    $"  {crewCall.Job}, {crewCall.Department} (crew call {crewCall.Id}): {name} ({same.Key}), {same.Count()} rows");
                foreach (var (row, index) in same.Select((row, index) => (row, index)))
                {
                    var stays = index == 0 ? "  the migration keeps this one" : "";
                    await output.WriteLineAsync(
                        $"    {row.CreatedAt ?? "no time",-19}  row {row.Id}  line item {row.LineItemId ?? "-"}{stays}");
                }
            }

        await output.WriteLineAsync(found == 0 ? "  none"
            : $"  {found} in all. The migrations remove them and keep a copy in flex_crew_assignments_duplicates.");
        return found;
    }

    private async Task<(int Found, int Unread)> FlexAsync(
        ICrewCallClient client, IReadOnlyList<CrewCallOfJob> crewCalls, ILookup<Guid, AssignmentOfCrewCall> rows,
        IReadOnlyDictionary<string, string> owners, CancellationToken cancellation)
    {
        var elements = crewCalls.Where(crewCall => crewCall.ElementId.Trim().Length > 0)
            .GroupBy(crewCall => crewCall.ElementId, StringComparer.OrdinalIgnoreCase).ToList();
        var reads = new FlexRead<IReadOnlyList<FlexContact>>[elements.Count];
        var scope = new FlexScope($"audit-{Guid.NewGuid():N}");
        await Parallel.ForEachAsync(
            Enumerable.Range(0, elements.Count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (i, stop) => reads[i] = await client.ListContactsAsync(elements[i].Key, [], scope, stop));

        var (found, unread) = (0, 0);
        await output.WriteLineAsync();
        await output.WriteLineAsync("In Flex: contacts that are more than once in a crew call");
        foreach (var (element, read) in elements.Zip(reads))
        {
            var where = string.Join(" and ", element.Select(crewCall => $"{crewCall.Job}, {crewCall.Department}"));
            if (read.Value is not { } contacts)
            {
                unread++;
                await output.WriteLineAsync($"  {where} (element {element.Key}): not audited: {read.Failure!.Message}");
                continue;
            }

            var mapped = element.SelectMany(crewCall => rows[crewCall.Id]).Select(row => row.LineItemId).OfType<string>()
                .ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var same in contacts.Where(contact => contact.ResourceId is not null)
                         .GroupBy(contact => contact.ResourceId!, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1))
            {
                found++;
                var owner = owners.GetValueOrDefault(same.Key.Trim().ToLowerInvariant(), "in no profile");
                await output.WriteLineAsync($"  {where} (element {element.Key}): {owner}, resource {same.Key}, {same.Count()} contacts");
                foreach (var contact in same)
                    await output.WriteLineAsync(
                        $"    line item {contact.LineItemId}{(mapped.Contains(contact.LineItemId) ? "  mapped by the table" : "")}");
            }
        }

        await output.WriteLineAsync(found + unread == 0 ? "  none"
            : $"  {found} in all{(unread > 0 ? $", {unread} crew calls not audited" : "")}.");
        if (found > 0) await output.WriteLineAsync("  A sync with prune_orphans (the default) of each job keeps one of them.");
        return (found, unread);
    }
}
