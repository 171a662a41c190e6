using FlexCrew.Database.Connection;
using Npgsql;

namespace FlexCrew.Database.Runs;

/// <inheritdoc cref="IActivityLog"/>
internal sealed class ActivityLog(NpgsqlDataSource source) : IActivityLog
{
    private static readonly Query Write = new("activity log",
        """
        select public.log_activity_as(
          _actor_id => @ActorId, _code => 'flex.crew.updated', _job_id => @JobId, _entity_type => 'flex', _entity_id => @entityId,
          _payload => @PayloadJson::jsonb, _visibility => null)
        """);

    public Task WriteAsync(CrewActivity activity, CancellationToken cancellation) => source.ExecuteAsync(
        Write,
        new { activity.ActorId, activity.JobId, entityId = activity.CrewCallId.ToString("D"), activity.PayloadJson },
        cancellation);
}
