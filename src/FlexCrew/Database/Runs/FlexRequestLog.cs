using FlexCrew.Database.Connection;
using Npgsql;

namespace FlexCrew.Database.Runs;

/// <inheritdoc cref="IFlexRequestLog"/>
internal sealed class FlexRequestLog(NpgsqlDataSource source) : IFlexRequestLog
{
    private static readonly Query Count = new("requests to Flex",
        """
        select coalesce(sum(l.flex_requests) filter (where l.finished_at > now() - interval '1 hour'), 0)::int as LastHour,
               coalesce(sum(l.flex_requests), 0)::int as LastDay
        from public.flex_sync_log l
        where l.finished_at > now() - interval '1 day'
        """);

    public async Task<FlexRequestSums> SumAsync(CancellationToken cancellation) =>
        (await source.RowsAsync<FlexRequestSums>(Count, null, cancellation))[0];
}
