using System.Data.Common;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace FlexCrew.Database.Connection;

/// <summary>
/// Makes the data source. Its defaults fit PostgreSQL itself and a pooler in transaction mode (Supabase's port 6543)
/// alike: no statement leaves anything behind in its session, nothing is prepared, and nothing is reset when a
/// connection goes back to the pool. Whatever the connection string sets itself has precedence.
/// </summary>
/// <remarks>
/// The way to a pooler far away leads through address translation, which forgets an idle connection after some minutes (on
/// Azure after four) and tells neither end. So an idle connection sends TCP keep-alives, and is closed before it is that old.
/// </remarks>
internal static class DatabaseConnection
{
    /// <summary>The setting that holds the connection string.</summary>
    public const string Setting = "SUPABASE_DB_URL";

    /// <summary>Makes a data source from a URL or Npgsql keywords. The caller disposes it.</summary>
    /// <exception cref="FormatException">The value cannot be understood; the message does not show it.</exception>
    public static NpgsqlDataSource Create(string connection, ILoggerFactory? loggers = null)
    {
        var builder = new NpgsqlDataSourceBuilder(Parse(connection).ConnectionString) { Name = "FlexCrew" };
        builder.UseLoggerFactory(loggers);
        return builder.Build();
    }

    /// <summary>The connection string with the defaults filled in.</summary>
    /// <exception cref="FormatException">The value cannot be understood; the message does not show it.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string connection)
    {
        var builder = new NpgsqlConnectionStringBuilder
        {
            ApplicationName = "FlexCrew",
            // All instances of the Functions app share what the pooler has: docs/scaling.md.
            MaxPoolSize = 5,
            Timeout = 5,
            CommandTimeout = 10,
            // How long a statement that was cancelled may take to say so, before its connection counts as dead.
            CancellationTimeout = 500,
            TcpKeepAlive = true,
            TcpKeepAliveTime = 60,
            TcpKeepAliveInterval = 15,
            ConnectionIdleLifetime = 150,
            // To ask for GSS encryption costs a round trip for each connection, and no pooler offers it.
            GssEncryptionMode = GssEncryptionMode.Disable,
            MaxAutoPrepare = 0,
            NoResetOnClose = true,
        };
        connection = connection.Trim();
        if (ConnectionUrl.IsUrl(connection))
            ConnectionUrl.Read(connection, builder);
        else
            ReadKeywords(connection, builder);

        if (string.IsNullOrWhiteSpace(builder.Host))
            throw new FormatException($"{Setting} names no host");
        if (!builder.ShouldSerialize("SSL Mode"))
            builder.SslMode = DefaultSslMode(builder);
        return builder;
    }

    /// <summary>
    /// Where a certificate authority is named, the server must prove who it is. Without one it only must encrypt: Supabase's
    /// servers have certificates of Supabase's own authority, which no machine trusts by itself, so that asking for proof
    /// would keep everybody out.
    /// </summary>
    private static SslMode DefaultSslMode(NpgsqlConnectionStringBuilder connection) =>
        !string.IsNullOrEmpty(connection.RootCertificate) ? SslMode.VerifyFull
        : IsLocal(connection.Host!) ? SslMode.Prefer
        : SslMode.Require;

    private static void ReadKeywords(string connection, NpgsqlConnectionStringBuilder builder)
    {
        try
        {
            var given = new DbConnectionStringBuilder { ConnectionString = connection };
            foreach (string keyword in given.Keys)
                builder[keyword] = given[keyword];
        }
        catch (Exception error) when (error is ArgumentException or FormatException or OverflowException or InvalidCastException)
        {
            // The cause is left out: its message may show the password.
            throw new FormatException(
                $"{Setting} is neither a postgres:// URL nor Npgsql keywords such as Host=…;Username=…;Password=…;Database=…");
        }
    }

    private static bool IsLocal(string host) =>
        host.StartsWith('/')
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (System.Net.IPAddress.TryParse(host, out var address) && System.Net.IPAddress.IsLoopback(address));
}
