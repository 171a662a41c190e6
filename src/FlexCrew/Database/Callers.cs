using FlexCrew.Database.Connection;
using Npgsql;

namespace FlexCrew.Database;

/// <inheritdoc cref="ICallers"/>
internal sealed class Callers(NpgsqlDataSource source) : ICallers
{
    private static readonly Query Role = new("caller's role",
        """
        select p.role::text as role
        from public.profiles p
        where p.id = @userId
        """);

    public async Task<string?> RoleAsync(Guid userId, CancellationToken cancellation)
    {
        var rows = await source.RowsAsync<string?>(Role, new { userId }, cancellation);
        return rows.Count == 0 ? null : rows[0];
    }
}
