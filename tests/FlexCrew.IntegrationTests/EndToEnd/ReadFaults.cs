using FlexSimulator;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>The ways in which a read of Flex fails, by name.</summary>
internal static class ReadFaults
{
    public static IReadOnlyDictionary<string, Fault> All { get; } = new Dictionary<string, Fault>
    {
        ["500"] = Fault.Answer(500),
        ["404"] = Fault.Answer(404),
        ["hang"] = Fault.Hang(),
        ["reset"] = Fault.Reset(),
        ["close"] = Fault.Close(),
        ["html"] = Fault.HtmlPage(),
        ["redirect"] = Fault.Redirect(),
        ["malformed"] = Fault.MalformedJson(),
        ["truncated"] = Fault.TruncatedBody(),
        ["empty body"] = Fault.EmptyBody(),
        ["wrong shape"] = Fault.WrongShape(),
        ["slow drip"] = Fault.SlowDrip(TimeSpan.FromMilliseconds(50)),
        ["50 MB"] = Fault.HugeBody(),
    };
}
