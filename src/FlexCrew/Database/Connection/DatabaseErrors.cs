using System.Data;
using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;

namespace FlexCrew.Database.Connection;

/// <summary>Says in a few words what a failed query failed of: no SQL, no values.</summary>
internal static class DatabaseErrors
{
    /// <summary>The reason, and whether the query may succeed later; null when the error is none of the database's.</summary>
    public static (string Reason, bool IsTransient)? Describe(Exception error) => error switch
    {
        PostgresException refused => Describe(refused),
        NpgsqlException { InnerException: TimeoutException } exhausted
            when exhausted.Message.Contains("pool has been exhausted", StringComparison.Ordinal) => ("connection pool exhausted", true),
        NpgsqlException { InnerException: { } inner } => Describe(inner) ?? ("connection failed", true),
        SocketException socket => Describe(socket),
        TimeoutException or OperationCanceledException => ("timeout", true),
        AuthenticationException => ("TLS handshake failed", false),
        IOException { InnerException: SocketException socket } => Describe(socket),
        IOException => ("connection lost", true),
        ObjectDisposedException => ("connection closed", true),
        NpgsqlException npgsql => ("connection failed", npgsql.IsTransient),
        DataException or InvalidCastException => ("answer of an unexpected type", false),
        _ => null,
    };

    /// <summary>
    /// Whether the error says that the connection is gone, or that nothing came back in time, and not that the server
    /// refused the statement.
    /// </summary>
    public static bool IsLostConnection(Exception error) => error switch
    {
        PostgresException ended => ended.SqlState is
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.IdleSessionTimeout
            || ended.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException { InnerException: { } inner } => IsLostConnection(inner),
        NpgsqlException npgsql => npgsql.IsTransient,
        SocketException or IOException or TimeoutException or ObjectDisposedException => true,
        _ => false,
    };

    private static (string, bool) Describe(SocketException socket) => socket.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => ("connection refused", true),
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => ("host not found", true),
        SocketError.TimedOut => ("timeout", true),
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => ("host unreachable", true),
        _ => ("connection lost", true),
    };

    private static (string, bool) Describe(PostgresException refused)
    {
        var words = refused.SqlState switch
        {
            PostgresErrorCodes.UndefinedTable => "table missing",
            PostgresErrorCodes.UndefinedColumn => "column missing",
            PostgresErrorCodes.InvalidColumnReference => "unique constraint missing",
            PostgresErrorCodes.InvalidTextRepresentation => "value of the wrong form",
            PostgresErrorCodes.NotNullViolation => "value missing",
            PostgresErrorCodes.ForeignKeyViolation => "row it belongs to is gone",
            PostgresErrorCodes.UniqueViolation => "row exists already",
            PostgresErrorCodes.CheckViolation => "value not allowed",
            PostgresErrorCodes.InsufficientPrivilege => "permission denied",
            PostgresErrorCodes.InvalidPassword => "password refused",
            PostgresErrorCodes.InvalidCatalogName => "no such database",
            PostgresErrorCodes.TooManyConnections => "too many connections",
            PostgresErrorCodes.QueryCanceled => "timeout",
            PostgresErrorCodes.LockNotAvailable => "lock not available",
            PostgresErrorCodes.DeadlockDetected => "deadlock",
            PostgresErrorCodes.SerializationFailure => "concurrent change",
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown => "server stopped",
            PostgresErrorCodes.CannotConnectNow => "server not ready",
            PostgresErrorCodes.ReadOnlySqlTransaction => "server is read-only",
            _ => null,
        };
        var isTransient = refused.IsTransient
            || refused.SqlState is PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.ReadOnlySqlTransaction;
        return (words is null ? refused.SqlState : $"{refused.SqlState}, {words}", isTransient);
    }
}
