using FlexCrew.Database;
using FlexCrew.Database.Connection;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace FlexCrew.Tests.Database;

public sealed class DatabaseConnectionTests
{
    [Theory]
    [InlineData("postgres://ana:pw@db.example.com:6543/jobs", "db.example.com", 6543, "ana", "pw", "jobs")]
    [InlineData(
        "postgresql://postgres.ref:pw@aws-0-eu.pooler.supabase.com:5432/postgres", "aws-0-eu.pooler.supabase.com", 5432, "postgres.ref",
        "pw", "postgres")]
    [InlineData("POSTGRES://ana:pw@db.example.com/jobs", "db.example.com", 5432, "ana", "pw", "jobs")]
    [InlineData("postgres://ana:p%40ss%2Fw%3Ard%25%23@db.example.com/jobs", "db.example.com", 5432, "ana", "p@ss/w:rd%#", "jobs")]
    [InlineData("postgres://ana:p@ss:word@db.example.com/jobs", "db.example.com", 5432, "ana", "p@ss:word", "jobs")]
    [InlineData("postgres://ana:50%off;Host=evil@db.example.com/jobs", "db.example.com", 5432, "ana", "50%off;Host=evil", "jobs")]
    [InlineData("postgres://a%6Ea@db.example.com/my%20jobs", "db.example.com", 5432, "ana", null, "my jobs")]
    [InlineData("postgres://ana:pw@[2001:db8::1]:6543/jobs", "2001:db8::1", 6543, "ana", "pw", "jobs")]
    [InlineData("postgres://ana:pw@127.0.0.1/jobs", "127.0.0.1", 5432, "ana", "pw", "jobs")]
    [InlineData("  postgres://ana:pw@db.example.com/jobs\n", "db.example.com", 5432, "ana", "pw", "jobs")]
    [InlineData("postgres://ana:pw@db.example.com", "db.example.com", 5432, "ana", "pw", null)]
    [InlineData("postgres://db.example.com/jobs", "db.example.com", 5432, null, null, "jobs")]
    [InlineData("Host=db.example.com;Port=6543;Username=ana;Password='p;w';Database=jobs", "db.example.com", 6543, "ana", "p;w", "jobs")]
    [InlineData("Server=db.example.com;User Id=ana;Password=a://b;Database=jobs", "db.example.com", 5432, "ana", "a://b", "jobs")]
    public void A_connection_string_is_a_url_or_keywords(
        string value, string host, int port, string? user, string? password, string? database)
    {
        var connection = DatabaseConnection.Parse(value);

        Assert.Equal(
            (host, port, user, password, database),
            (connection.Host, connection.Port, connection.Username, connection.Password, connection.Database));
    }

    [Theory]
    [InlineData("postgres://ana:pw@db.example.com/jobs", SslMode.Require)]
    [InlineData("Host=db.example.com", SslMode.Require)]
    [InlineData("postgres://ana:pw@localhost/jobs", SslMode.Prefer)]
    [InlineData("postgres://ana:pw@127.0.0.2:5433/jobs", SslMode.Prefer)]
    [InlineData("postgres://ana:pw@[::1]/jobs", SslMode.Prefer)]
    [InlineData("Host=/var/run/postgresql;Username=ana", SslMode.Prefer)]
    [InlineData("postgres://ana:pw@localhost.example.com/jobs", SslMode.Require)]
    [InlineData("postgres://ana:pw@db.example.com/jobs?sslmode=disable", SslMode.Disable)]
    [InlineData("postgres://ana:pw@db.example.com/jobs?sslmode=prefer", SslMode.Prefer)]
    [InlineData("postgres://ana:pw@db.example.com/jobs?sslmode=verify-full", SslMode.VerifyFull)]
    [InlineData("postgres://ana:pw@localhost/jobs?sslmode=verify-ca", SslMode.VerifyCA)]
    [InlineData("postgres://ana:pw@db.example.com/jobs?sslrootcert=/app/ca.crt", SslMode.VerifyFull)]
    [InlineData("postgres://ana:pw@db.example.com/jobs?sslmode=require&sslrootcert=/app/ca.crt", SslMode.Require)]
    [InlineData("postgres://ana:pw@db.example.com/jobs?sslrootcert=system", SslMode.VerifyFull)]
    [InlineData("postgres://ana:pw@db.example.com/jobs?sslrootcert=system&sslmode=verify-ca", SslMode.VerifyCA)]
    [InlineData("Host=db.example.com;Root Certificate=/app/ca.crt", SslMode.VerifyFull)]
    [InlineData("Host=db.example.com;SSL Mode=Prefer", SslMode.Prefer)]
    [InlineData("Host=db.example.com;SslMode=Disable", SslMode.Disable)]
    public void Only_a_server_on_this_machine_is_reached_without_encryption_unless_told_otherwise(string value, SslMode expected) =>
        Assert.Equal(expected, DatabaseConnection.Parse(value).SslMode);

    [Fact]
    public void A_key_vault_reference_that_was_not_resolved_is_named_as_such()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(
            [new("SUPABASE_DB_URL", "@Microsoft.KeyVault(SecretUri=https://kv.vault.azure.net/secrets/db/)")]).Build();
        Assert.StartsWith(
            "SUPABASE_DB_URL is a Key Vault reference that was not resolved", Assert.Single(DatabaseSettings.Problems(settings)));
    }

    [Fact]
    public void The_defaults_suit_a_pooler_in_transaction_mode()
    {
        var connection = DatabaseConnection.Parse("postgres://ana:pw@db.example.com:6543/jobs?pgbouncer=true&supa=base-pooler.x");

        Assert.True(connection.NoResetOnClose);
        Assert.Equal(0, connection.MaxAutoPrepare);
        Assert.Equal(0, connection.KeepAlive);
        Assert.Equal(5, connection.MaxPoolSize);
        Assert.Equal(5, connection.Timeout);
        Assert.Equal(10, connection.CommandTimeout);
        Assert.Equal(GssEncryptionMode.Disable, connection.GssEncryptionMode);
        Assert.Equal("FlexCrew", connection.ApplicationName);
        Assert.False(connection.PersistSecurityInfo);
    }

    /// <summary>Azure's address translation forgets a connection that was idle for four minutes.</summary>
    [Fact]
    public void An_idle_connection_is_kept_alive_and_closed_before_the_network_forgets_it()
    {
        var connection = DatabaseConnection.Parse("postgres://ana:pw@db.example.com:6543/jobs");

        Assert.True(connection.TcpKeepAlive);
        Assert.InRange(connection.TcpKeepAliveTime, 1, 120);
        Assert.InRange(connection.ConnectionIdleLifetime, 30, 179);
    }

    [Theory]
    [InlineData("disable", GssEncryptionMode.Disable)]
    [InlineData("prefer", GssEncryptionMode.Prefer)]
    [InlineData("require", GssEncryptionMode.Require)]
    public void GSS_encryption_may_be_chosen_by_the_url(string value, GssEncryptionMode expected) =>
        Assert.Equal(expected, DatabaseConnection.Parse($"postgres://ana:pw@db.example.com/jobs?gssencmode={value}").GssEncryptionMode);

    [Theory]
    [InlineData("postgres://ana:pw@db.example.com/jobs?connect_timeout=9&connection_limit=3&application_name=bench&Command%20Timeout=77")]
    [InlineData("Host=db.example.com;Timeout=9;Maximum Pool Size=3;Application Name=bench;Command Timeout=77")]
    public void What_the_connection_string_sets_has_precedence(string value)
    {
        var connection = DatabaseConnection.Parse(value);

        Assert.Equal(
            (9, 3, "bench", 77),
            (connection.Timeout, connection.MaxPoolSize, connection.ApplicationName, connection.CommandTimeout));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("Secret1")]
    [InlineData("Host")]
    [InlineData("Host=db;Pasword=Secret1")]
    [InlineData("Host=db;Port=Secret1")]
    [InlineData("Host=db;Password='Secret1")]
    [InlineData("Host=db;SSL Mode=Secret1")]
    [InlineData("Username=ana;Password=Secret1")]
    [InlineData("mysql://ana:Secret1@db.example.com/jobs")]
    [InlineData("https://Secret1.example.com")]
    [InlineData("postgres://")]
    [InlineData("postgres:///jobs")]
    [InlineData("postgres://ana:Secret1@/jobs")]
    [InlineData("postgres://ana:Secret1@db.example.com:99999/jobs")]
    [InlineData("postgres://ana:Secret1@db.example.com:Secret1/jobs")]
    [InlineData("postgres://ana:Secret1@db.example.com:0/jobs")]
    [InlineData("postgres://ana:Secret1@one.example.com,two.example.com/jobs")]
    [InlineData("postgres://ana:x/Secret1@db.example.com/jobs")]
    [InlineData("postgres://ana:12/Secret1@db.example.com/jobs")]
    [InlineData("postgres://ana:p@db/Secret1@db.example.com/jobs")]
    [InlineData("postgres://ana:Secret1/p@db.example.com/jobs")]
    [InlineData("postgres://ana:p@Secret1/x@db.example.com:6543/jobs?sslmode=require")]
    [InlineData("postgres://ana:12?Secret1@db.example.com/jobs")]
    [InlineData("postgres://ana:x#Secret1/@db.example.com/jobs")]
    [InlineData("postgres://ana:[Secret1]@db.example.com:[Secret1]/jobs")]
    [InlineData("postgres://ana:Secret1@db.example.com/jobs?Secret1=1")]
    [InlineData("postgres://ana:Secret1@db.example.com/jobs?sslmode=Secret1")]
    [InlineData("postgres://ana:Secret1@db.example.com/jobs?connect_timeout=Secret1")]
    public void A_malformed_value_gives_one_sentence_that_names_the_setting_and_shows_nothing_of_the_value(string value)
    {
        var error = Assert.Throws<FormatException>(() => DatabaseConnection.Create(value));

        Assert.StartsWith("SUPABASE_DB_URL ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret1", error.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("example.com", error.ToString(), StringComparison.OrdinalIgnoreCase);
    }
}
