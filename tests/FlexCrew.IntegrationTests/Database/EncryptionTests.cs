using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FlexCrew.Database;
using FlexCrew.Database.Connection;

namespace FlexCrew.IntegrationTests.Database;

/// <summary>A server with a certificate of an authority of its own, as Supabase's are. The certificate names localhost.</summary>
public sealed class EncryptionTests : IAsyncLifetime
{
    private static readonly Query IsEncrypted = new("encryption", "select ssl from pg_stat_ssl where pid = pg_backend_pid()");

    private readonly string _directory = Directory.CreateTempSubdirectory("flexcrew-tls").FullName;
    private LocalCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _cluster = await Task.Run(LocalCluster.Create);
        using var authority = Authority("ca.crt");
        using var stranger = Authority("other-ca.crt");
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, authority.NotBefore, authority.NotAfter, RandomNumberGenerator.GetBytes(8));
        await UseAsync(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    public Task DisposeAsync()
    {
        _cluster.Dispose();
        Directory.Delete(_directory, recursive: true);
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("localhost", "sslrootcert=ca.crt", null)]
    [InlineData("localhost", "sslmode=verify-full&sslrootcert=ca.crt", null)]
    [InlineData("127.0.0.1", "sslmode=verify-ca&sslrootcert=ca.crt", null)]
    [InlineData("127.0.0.1", "sslmode=require", null)]
    [InlineData("127.0.0.1", "sslrootcert=ca.crt", "TLS handshake failed")]
    [InlineData("localhost", "sslrootcert=other-ca.crt", "TLS handshake failed")]
    [InlineData("localhost", "sslrootcert=system", "TLS handshake failed")]
    [InlineData("localhost", "sslmode=verify-full", "TLS handshake failed")]
    public async Task The_server_proves_who_it_is_where_an_authority_is_named(string host, string options, string? failure)
    {
        var url = new UriBuilder(_cluster.Url) { Host = host }.Uri;
        var inPlace = options.Replace("sslrootcert=", $"sslrootcert={_directory}/", StringComparison.Ordinal)
            .Replace($"{_directory}/system", "system", StringComparison.Ordinal);
        await using var source = DatabaseConnection.Create($"{url}?{inPlace}");

        var reading = source.RowsAsync<bool>(IsEncrypted, null, default);

        if (failure is null)
        {
            Assert.Equal([true], await reading);
            return;
        }
        var error = await Assert.ThrowsAsync<DatabaseException>(() => reading);
        Assert.Equal($"Database query 'encryption' failed ({failure})", error.Message);
        Assert.False(error.IsTransient);
    }

    private X509Certificate2 Authority(string file)
    {
        var request = new CertificateRequest($"CN={file}", RSA.Create(2048), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Path.Combine(_directory, file), authority.ExportCertificatePem());
        return authority;
    }

    /// <summary>The server itself writes the files, since it refuses a key that others than its own user may read.</summary>
    private async Task UseAsync(string certificate, string key)
    {
        await using var database = await PostgresServer.MigrateAsync(_cluster);
        foreach (var (name, text) in new[] { ("server.crt", certificate), ("server.key", key) })
            await database.ExecuteAsync($"copy (select unnest(string_to_array('{text}', e'\\n'))) to program 'umask 077 && cat > {name}'");
        await database.ExecuteAsync("alter system set ssl = on");
        await database.ScalarAsync<bool>("select pg_reload_conf()");
        await using var source = DatabaseConnection.Create($"{_cluster.Url}?sslmode=require");
        await Until(async () => await Record.ExceptionAsync(() => source.RowsAsync<bool>(IsEncrypted, null, default)) is null);
    }

    private static async Task Until(Func<Task<bool>> condition)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(20); DateTime.UtcNow < deadline; await Task.Delay(50))
            if (await condition())
                return;
        Assert.Fail("The server does not encrypt");
    }
}
