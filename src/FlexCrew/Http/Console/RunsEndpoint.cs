using FlexCrew.Database;
using FlexCrew.Http.Protocol;
using Microsoft.AspNetCore.Http;

namespace FlexCrew.Http;

/// <summary><c>GET console/runs</c>: the history of runs and drift checks, the newest first.</summary>
/// <param name="reads">What the console's reads have in common.</param>
/// <param name="history">The log.</param>
/// <param name="crewCalls">Tells the names of the people that the rows speak of.</param>
public sealed class RunsEndpoint(ConsoleReads reads, IRunHistory history, ICrewCalls crewCalls)
{
    private const int Usually = 50, AtMost = 200;

    /// <summary>Answers a request of any method. Never throws.</summary>
    public Task<Reply> HandleAsync(HttpContext context) => reads.AnswerAsync(context, async (_, _, cancellation) =>
    {
        var query = new ConsoleQuery(context.Request.Query);
        var (job, department, status) = (query.Id("job"), query.Department("department"), query.Text("status"));
        var filter = new RunFilter(job, department, status, query.Time("before"), query.Number("limit", Usually, AtMost));
        if (query.Error is { } error)
            return Replies.Error(400, error);

        var rows = await history.RunsAsync(filter, cancellation);
        var people = await crewCalls.PeopleAsync(Details.Ids(rows.Select(row => row.Details)), [], cancellation);
        var names = people
            .Where(person => person.Name is not null)
            .ToDictionary(person => person.TechnicianId.ToString(), person => person.Name!);
        return Replies.Json(200, new RunsBody([.. rows.Select(RunBody.Of)], names));
    });
}
