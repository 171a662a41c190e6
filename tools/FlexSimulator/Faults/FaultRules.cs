using System.Text.RegularExpressions;

namespace FlexSimulator;

/// <summary>Refuses rules that could never mean what they say.</summary>
internal static class FaultRules
{
    public static void Validate(FaultRule rule)
    {
        var fault = rule.Fault;
        Require(rule.On != FlexEndpoint.None, "on names no endpoint");
        Require(rule.Nth is null or > 0, "nth counts from 1");
        Require(rule.Times is null or > 0, "times must be positive");
        Require(rule.Skip >= 0, "skip must not be negative");
        Require(rule.Probability is >= 0 and <= 1, "probability is between 0 and 1");
        Require(fault.Status is >= 200 and <= 599, "status is between 200 and 599");
        Require(fault.Bytes > 0, "bytes must be positive");
        Require(fault.Kind != FaultKind.Delay || fault.For is not null, "a delay needs its length (for)");
        Require(fault.Commit == FaultCommit.Later || fault.CommitAfter == TimeSpan.Zero, "commitAfter needs commit: later");
        Require(
            fault.Commit != FaultCommit.Later || fault.Kind is not (FaultKind.Delay or FaultKind.Hold or FaultKind.SlowDrip),
            "delay, hold and slow-drip answer with what was done: they cannot commit later");
        if (rule.Path is not null) _ = new Regex(rule.Path);
    }

    private static void Require(bool holds, string what)
    {
        if (!holds) throw new ArgumentException($"The fault rule cannot be used: {what}.");
    }
}
