namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>The waits and time-outs of production, for tests by a fast clock.</summary>
internal static class ProductionSettings
{
    public static IReadOnlyList<(string Name, string Value)> All { get; } =
    [
        ("FlexCrew:FlexAttemptTimeout", "00:00:15"),
        ("FlexCrew:FlexTotalTimeout", "00:01:00"),
        ("FlexCrew:FlexRetryDelay", "00:00:01"),
        ("FlexCrew:FlexBreakDuration", "00:00:10"),
        ("FlexCrew:UnknownOutcomeDelays:0", "00:00:00.500"),
        ("FlexCrew:UnknownOutcomeDelays:1", "00:00:01"),
        ("FlexCrew:UnknownOutcomeDelays:2", "00:00:02"),
        ("FlexCrew:StepRetryDelays:0", "00:00:05"),
        ("FlexCrew:StepRetryDelays:1", "00:00:15"),
        ("FlexCrew:RetryPollInterval", "00:00:15"),
    ];
}
