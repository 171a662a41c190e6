using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace FlexCrew.Tests.Security;

/// <summary>Tokens signed with keys of the project, and attempts to pass others off as such.</summary>
public sealed class AsymmetricTokenTests : IAsyncLifetime
{
    private AuthBench bench = null!;

    public async Task InitializeAsync() => bench = await AuthBench.StartAsync();

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Fact]
    public async Task ES256_and_RS256_are_accepted_beside_each_other()
    {
        var (ec, rsa) = (Publish(SigningKeyPair.Ec("key-ec")), Publish(SigningKeyPair.Rsa("key-rsa")));
        await bench.AssertAcceptedAsync(ec.Sign(bench.Token()));
        await bench.AssertAcceptedAsync(rsa.Sign(bench.Token()));
        await bench.AssertAcceptedAsync(bench.Token());
    }

    [Fact]
    public async Task A_project_without_a_shared_secret_accepts_its_keys_only()
    {
        await using var keysOnly = await AuthBench.StartAsync(settings => settings.Remove("SUPABASE_JWT_SECRET"));
        var key = SigningKeyPair.Ec("key-1");
        keysOnly.Supabase.Keys.Add(key);
        await keysOnly.AssertAcceptedAsync(key.Sign(keysOnly.Token()));
        await keysOnly.AssertRefusedAsync(keysOnly.Token());
    }

    [Fact]
    public Task Claims_count_under_an_asymmetric_signature_too() => bench.AssertRefusedAsync(
        Publish(SigningKeyPair.Ec("key-1")).Sign(bench.Token(recipe => recipe["claims"]!["role"] = "service_role")));

    [Fact]
    public async Task A_key_that_is_not_published_is_refused()
    {
        Publish(SigningKeyPair.Ec("key-1"));
        await bench.AssertRefusedAsync(SigningKeyPair.Ec("key-1").Sign(bench.Token()));
        await bench.AssertRefusedAsync(SigningKeyPair.Ec("key-2").Sign(bench.Token()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_public_key_is_no_shared_secret(bool isRsa)
    {
        var key = Publish(isRsa ? SigningKeyPair.Rsa("key-1") : SigningKeyPair.Ec("key-1"));
        var jwk = key.PublicJwk();
        string[] guesses = [key.PublicPem(), key.PublicPem() + "\n", jwk.ToJsonString(), (jwk["n"] ?? jwk["x"])!.ToString()];
        foreach (var guess in guesses)
        {
            await bench.AssertRefusedAsync(bench.Token(recipe =>
            {
                recipe["secret"] = guess;
                recipe["header"] = new JsonObject { ["kid"] = key.Kid };
            }));
        }
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    public Task A_shared_secret_is_no_public_key(string algorithm)
    {
        Publish(SigningKeyPair.Ec("key-1"));
        Publish(SigningKeyPair.Rsa("key-1"));
        return bench.AssertRefusedAsync(
            bench.Token(recipe => recipe["header"] = new JsonObject { ["alg"] = algorithm, ["kid"] = "key-1" }));
    }

    [Theory]
    [InlineData("ES256")]
    [InlineData("ES384")]
    [InlineData("PS256")]
    [InlineData("RS512")]
    [InlineData("HS256")]
    public Task A_key_is_good_for_one_algorithm(string claimed) =>
        bench.AssertRefusedAsync(Publish(SigningKeyPair.Rsa("key-1")).Sign(bench.Token(), header => header["alg"] = claimed));

    [Theory]
    [InlineData("")]
    [InlineData("../../../../dev/null")]
    [InlineData("http://127.0.0.1:1/jwks.json")]
    [InlineData("x' union select 'secret' --")]
    [InlineData("key-1\u0000")]
    [InlineData("KEY-1")]
    public Task A_kid_is_a_name_to_look_up_and_nothing_else(string kid) =>
        bench.AssertRefusedAsync(Publish(SigningKeyPair.Ec("key-1")).Sign(bench.Token(), header => header["kid"] = kid));

    [Fact]
    public async Task A_token_without_kid_or_with_one_that_is_no_text_is_refused()
    {
        var key = Publish(SigningKeyPair.Ec("key-1"));
        await bench.AssertRefusedAsync(key.Sign(bench.Token(), header => header.Remove("kid")));
        await bench.AssertRefusedAsync(key.Sign(bench.Token(), header => header["kid"] = new JsonArray("key-1")));
        await bench.AssertRefusedAsync(key.Sign(bench.Token(), header => header["kid"] = 1));
    }

    [Fact]
    public async Task A_token_cannot_bring_its_own_key()
    {
        Publish(SigningKeyPair.Ec("key-1"));
        var own = SigningKeyPair.Ec("own");
        await bench.AssertRefusedAsync(own.Sign(bench.Token(), header => header["jwk"] = own.PublicJwk()));
        await bench.AssertRefusedAsync(own.Sign(bench.Token(), header => header["jku"] = bench.Supabase.Settings.JwksUrl));
        Assert.Equal(0, bench.Supabase.KeysRead);
    }

    [Fact]
    public async Task Weak_symmetric_and_encryption_keys_are_not_taken_from_the_set()
    {
        await using var other = await AuthBench.StartAsync();
        var (weak, wrongCurve) = (SigningKeyPair.Rsa("weak", 1024), SigningKeyPair.Ec("p384", ECCurve.NamedCurves.nistP384));
        var encryption = SigningKeyPair.Ec("enc");
        var set = new JsonArray(weak.PublicJwk(), wrongCurve.PublicJwk(), encryption.PublicJwk(), new JsonObject
        {
            ["kty"] = "oct",
            ["kid"] = "oct",
            ["alg"] = "HS256",
            ["k"] = "YW5vdGhlci1zZWNyZXQtdGhhdC1pcy1sb25nLWVub3VnaA",
        });
        set[2]!["use"] = "enc";
        other.Supabase.KeysFault = Answers.Text(new JsonObject { ["keys"] = set }.ToJsonString());

        await other.AssertRefusedAsync(weak.Sign(other.Token()));
        await other.AssertRefusedAsync(wrongCurve.Sign(other.Token()));
        await other.AssertRefusedAsync(encryption.Sign(other.Token()));
        await other.AssertRefusedAsync(other.Token(recipe =>
        {
            recipe["secret"] = "another-secret-that-is-long-enough";
            recipe["header"] = new JsonObject { ["kid"] = "oct" };
        }));
    }

    private SigningKeyPair Publish(SigningKeyPair key)
    {
        bench.Supabase.Keys.Add(key);
        return key;
    }
}
