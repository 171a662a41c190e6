using FlexCrew.Security;
using Xunit.Abstractions;

namespace FlexCrew.Tests.Security;

/// <summary>Tokens with something changed at random: none is let in, none makes anything break.</summary>
public sealed class TokenFuzzTests(ITestOutputHelper output)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/. \0\u00e9\"{}";

    [Fact]
    public async Task A_changed_token_is_another_token()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var bench = await AuthBench.StartAsync();
        var key = SigningKeyPair.Ec("key-1");
        bench.Supabase.Keys.Add(key);
        string[] valid = [bench.Token(), key.Sign(bench.Token())];
        await bench.AssertAcceptedAsync(valid[0]);
        await bench.AssertAcceptedAsync(valid[1]);

        for (var i = 0; i < 3_000; i++)
        {
            var original = valid[random.Next(valid.Length)];
            var changed = Change(original, random);
            if (changed.Trim() == original)
                continue;
            var authorization = await bench.AuthorizeAsync(changed);
            Assert.True(
                authorization is Authorization.Denied { Status: 401 } || IsSameSignature(original, changed),
                $"seed {seed}, round {i}: {changed}");
        }
    }

    /// <summary>The last character of a signature has bits that count for nothing.</summary>
    private static bool IsSameSignature(string original, string changed) =>
        original.Length == changed.Length && original[..^1] == changed[..^1];

    private static string Change(string token, Random random)
    {
        var at = random.Next(token.Length);
        var other = Alphabet[random.Next(Alphabet.Length)];
        return random.Next(6) switch
        {
            0 => token[..at] + token[(at + 1)..],
            1 => token[..at] + other + token[at..],
            2 => token[..at],
            3 => token[at..] + token[..at],
            4 => token + other,
            _ => token[..at] + other + token[(at + 1)..],
        };
    }
}
