using FlexCrew.Comparison;
using FlexCrew.Database;
using FlexCrew.Http.Protocol;
using FlexCrew.Locking;
using Microsoft.AspNetCore.Http;

namespace FlexCrew.Http;

/// <summary><c>GET console/jobs</c>: jobs, the next one first, with what is known of their departments without asking Flex.</summary>
/// <param name="reads">What the console's reads have in common.</param>
/// <param name="jobs">The jobs.</param>
/// <param name="history">Their newest runs.</param>
/// <param name="leases">Which of them are being synced.</param>
public sealed class JobsEndpoint(ConsoleReads reads, IJobList jobs, IRunHistory history, ILeaseList leases)
{
    private const int Usually = 40, AtMost = 100;

    /// <summary>Answers a request of any method. Never throws.</summary>
    public Task<Reply> HandleAsync(HttpContext context) => reads.AnswerAsync(context, async (_, _, cancellation) =>
    {
        var query = new ConsoleQuery(context.Request.Query);
        var (search, atMost, job) = (query.Text("search"), query.Number("limit", Usually, AtMost), query.Id("job"));
        if (query.Error is { } error)
            return Replies.Error(400, error);

        var rows = job is { } id ? await OneAsync(id, cancellation) : await jobs.JobsAsync(search, atMost, cancellation);
        var ids = rows.Select(row => row.Id).ToArray();
        var held = leases.HeldAsync(cancellation);
        var facts = new JobFacts(
            await jobs.CrewCallsAsync(ids, cancellation),
            await jobs.AssignmentsAsync(ids, cancellation),
            await jobs.MappedAsync(ids, cancellation),
            await history.NewestAsync(ids, cancellation));
        var running = (await held).Select(lease => lease.Key).ToHashSet();
        return Replies.Json(200, new JobsBody([.. JobStates.Of(rows, facts).Select(state => JobBody.Of(state, running))]));
    });

    private async Task<IReadOnlyList<JobRow>> OneAsync(Guid id, CancellationToken cancellation) =>
        await jobs.JobAsync(id, cancellation) is { } row ? [row] : [];
}
