using System.Net.Sockets;
using System.Security.Authentication;
using FlexCrew.Database.Connection;
using Npgsql;

namespace FlexCrew.Tests.Database;

public sealed class DatabaseErrorsTests
{
    public static TheoryData<Exception, string, bool> Errors() => new()
    {
        { new TimeoutException(), "timeout", true },
        { new OperationCanceledException(), "timeout", true },
        { new NpgsqlException("slow", new TimeoutException()), "timeout", true },
        { new NpgsqlException("cut", new EndOfStreamException()), "connection lost", true },
        { new NpgsqlException("cut", new IOException("cut", new SocketException((int)SocketError.ConnectionReset))), "connection lost",
            true },
        { new NpgsqlException("no", new SocketException((int)SocketError.ConnectionRefused)), "connection refused", true },
        { new SocketException((int)SocketError.HostNotFound), "host not found", true },
        { new NpgsqlException("tls", new AuthenticationException("secret")), "TLS handshake failed", false },
        { new NpgsqlException("secret"), "connection failed", false },
        { new ObjectDisposedException("source"), "connection closed", true },
        { Refused("42P01"), "42P01, table missing", false },
        { Refused("42P10"), "42P10, unique constraint missing", false },
        { Refused("22P02"), "22P02, value of the wrong form", false },
        { Refused("57014"), "57014, timeout", true },
        { Refused("40P01"), "40P01, deadlock", true },
        { Refused("57P01"), "57P01, server stopped", true },
        { Refused("53300"), "53300, too many connections", true },
        { Refused("28P01"), "28P01, password refused", false },
        { Refused("XX000"), "XX000", false },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void A_failure_has_a_reason_in_a_few_words(Exception error, string reason, bool isTransient) =>
        Assert.Equal((reason, isTransient), DatabaseErrors.Describe(error));

    [Fact]
    public void A_defect_of_our_own_is_no_failure_of_the_database()
    {
        Assert.Null(DatabaseErrors.Describe(new InvalidOperationException()));
        Assert.Null(DatabaseErrors.Describe(new ArgumentException()));
    }

    private static PostgresException Refused(string state) => new("secret", "ERROR", "ERROR", state);
}
