using System.Text.Json;

namespace FlexSimulator;

/// <summary>How the log names a fault.</summary>
internal static class FaultNames
{
    /// <summary>Such as <c>reset</c>, <c>reset after commit</c>, <c>hang with late commit</c>.</summary>
    public static string Of(Fault fault)
    {
        var kind = JsonNamingPolicy.KebabCaseLower.ConvertName(fault.Kind.ToString());
        return fault.Commit switch
        {
            FaultCommit.First => $"{kind} after commit",
            FaultCommit.Later => $"{kind} with late commit",
            _ => kind,
        };
    }
}
