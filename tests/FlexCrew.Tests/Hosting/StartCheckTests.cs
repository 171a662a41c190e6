using FlexCrew.Hosting;
using Microsoft.Extensions.Configuration;

namespace FlexCrew.Tests.Hosting;

/// <summary>What a host says of its settings before it starts.</summary>
public sealed class StartCheckTests
{
    private static readonly (string Key, string? Value)[] Good =
    [
        ("SUPABASE_DB_URL", "postgres://ana:pw@db.example.com/jobs"),
        ("SUPABASE_URL", "https://abc.supabase.co"),
        ("X_AUTH_TOKEN", "token"),
    ];

    [Fact]
    public void Good_settings_are_passed_over_in_silence() => Assert.Equal((true, ""), Check());

    [Fact]
    public void All_that_is_wrong_is_told_at_once_each_in_a_line_that_the_Functions_host_takes_for_an_error()
    {
        var (passes, said) = Check(
            ("SUPABASE_DB_URL", "postgres://ana:p@ss/Secret1@db.example.com/jobs"),
            ("SUPABASE_URL", "https://abc.supabase.co/auth/v1"),
            ("FLEX_API_BASE_URL", "flex"),
            ("FlexCrew:FlexMaxAttempts", "three"),
            ("FlexCrew:LeaseTimeout", "1 minute"),
            ("FlexCrew:RetrySchedule:0", "00:01:00"),
            ("FlexCrew:RetrySchedule:1", "soon"),
            ("FlexCrew:StepRetryDelays", "00:00:05"),
            ("FlexCrew:CheckSessions", "perhaps"),
            ("FlexCrew:RunDeadline", "00:00:00"),
            ("FlexCrew:LogRetention", "01:00:00"),
            ("FlexCrew:PublicBaseUrl", "/here"),
            ("FlexCrew:Drift:Enabled", "sometimes"),
            ("FlexCrew:Drift:Days", "0"),
            ("FlexCrew:Drift:Interval", "31.00:00:00"),
            ("FlexCrew:Drift:LookAgainAfter", "00:03:00"));

        Assert.False(passes);
        Assert.Equal(
            [
                "error: FLEX_API_BASE_URL must be an absolute http or https URL without user, query or fragment.",
                "error: FlexCrew__CheckSessions cannot be read: it must be true or false",
                "error: FlexCrew__Drift__Days must be between 1 and 365.",
                "error: FlexCrew__Drift__Enabled cannot be read: it must be true or false",
                "error: FlexCrew__Drift__Interval must be between 10 ms and 30 days.",
                "error: FlexCrew__Drift__LookAgainAfter must be between 0 and 2 minutes.",
                "error: FlexCrew__FlexMaxAttempts cannot be read: it must be a whole number",
                "error: FlexCrew__LeaseTimeout cannot be read: it must be a duration such as 00:01:30",
                "error: FlexCrew__LogRetention must be between 1 and 36,500 days.",
                "error: FlexCrew__PublicBaseUrl must be an absolute http or https URL",
                "error: FlexCrew__RetrySchedule cannot be read: it must be a list of durations such as 00:01:30, each with its number at the end of the name",
                "error: FlexCrew__RunDeadline must be between 10 ms and a day.",
                "error: FlexCrew__StepRetryDelays cannot be read: it must be a list of durations such as 00:01:30, each with its number at the end of the name",
                "error: SUPABASE_DB_URL has a user or password with characters that must be percent-encoded: one of / ? # [ ] @ :",
                "error: SUPABASE_URL must not end in /auth/v1, which is added to it: https://<project>.supabase.co alone",
            ],
            said.TrimEnd().Split('\n').Order(StringComparer.Ordinal));
        Assert.DoesNotContain("Secret1", said, StringComparison.Ordinal);
    }

    /// <summary>The second is the hash of nothing, which is what an empty variable gives.</summary>
    [Theory]
    [InlineData("the-key-itself", "must be a SHA-256 in 64 hexadecimal digits")]
    [InlineData(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "is the SHA-256 of nothing: the key was empty when it was computed")]
    public void A_hash_that_no_key_has_is_refused(string hash, string problem) =>
        Assert.Equal((false, $"error: FlexCrew__ServiceKeySha256 {problem}\n"), Check(("FlexCrew:ServiceKeySha256", hash)));

    [Fact]
    public void A_setting_that_does_not_exist_is_told_and_keeps_no_host_from_starting() => Assert.Equal(
        (true, "warning: FlexCrew__LeaseTimout is no setting of FlexCrew: it does nothing\n"),
        Check(("FlexCrew:LeaseTimout", "00:02:00")));

    [Theory]
    [InlineData("FlexCrew:Drift:Enable", "FlexCrew__Drift__Enable")]
    [InlineData("FlexCrew:Drift", "FlexCrew__Drift")]
    public void So_is_one_of_the_drift_check_that_does_not_exist(string key, string name) =>
        Assert.Equal((true, $"warning: {name} is no setting of FlexCrew: it does nothing\n"), Check((key, "true")));

    [Theory]
    [InlineData("FlexCrew:RetrySchedule:0", "00:00:10")]
    [InlineData("FlexCrew:BusinessRoles:lights:tecnico", "18da92ec-b04f-11ea-a087-2a0a4490a7fb")]
    [InlineData("flexcrew:leasetimeout", "00:02:00")]
    [InlineData("FlexCrew:PublicBaseUrl", "")]
    [InlineData("FlexCrew:drift:days", "30")]
    public void Lists_maps_and_other_case_are_understood(string key, string value) => Assert.Equal((true, ""), Check((key, value)));

    private static (bool Passes, string Said) Check(params (string Key, string? Value)[] settings)
    {
        var values = Good.Concat(settings).GroupBy(setting => setting.Key).ToDictionary(group => group.Key, group => group.Last().Value);
        var said = new StringWriter { NewLine = "\n" };
        return (StartCheck.Passes(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), said), said.ToString());
    }
}
