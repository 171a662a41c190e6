namespace FlexSimulator;

/// <summary>Faults and the outage.</summary>
internal sealed class ControlFaults(FlexFaults faults)
{
    /// <summary>Time for the answer to this very request.</summary>
    private static readonly TimeSpan BeforeRefusing = TimeSpan.FromMilliseconds(100);

    public async Task<object?> HandleAsync(ControlRequest request)
    {
        switch (request)
        {
            case { Method: "GET", Path: ["faults"] }:
                return new { down = faults.Down, pendingCommits = faults.PendingCommits, faults = faults.Placed.Select(View) };
            case { Method: "POST", Path: ["faults"] }:
                return View(faults.Add(request.BodyAs<FaultRule>()));
            case { Method: "DELETE", Path: ["faults"] }:
                await faults.ClearAsync();
                return new { ok = true };
            case { Method: "DELETE", Path: ["faults", var id] }:
                return new { removed = faults.Remove(id) };
            case { Method: "POST", Path: ["down"] }:
                return await GoDownAsync(request.BodyAs<NewOutage>());
            case { Method: "POST", Path: ["up"] }:
                await faults.GoUpAsync();
                return new { ok = true };
            default:
                return null;
        }
    }

    private async Task<object> GoDownAsync(NewOutage wanted)
    {
        if (wanted is { Kind: OutageKind.Refuse, For: null })
            throw new ArgumentException("An outage that refuses connections refuses this one too: say for how long (for).");
        if (wanted.Kind == OutageKind.Refuse)
        {
            _ = Task.Run(async () =>
            {
                await Task.Delay(BeforeRefusing);
                await faults.GoDownAsync(wanted.Kind, wanted.For, wanted.RetryAfter);
            });
        }
        else
        {
            await faults.GoDownAsync(wanted.Kind, wanted.For, wanted.RetryAfter);
        }
        return new { ok = true };
    }

    private static object View(PlacedFault placed) =>
        new { id = placed.Id, seen = placed.Seen, played = placed.Played, rule = placed.Rule };

    private sealed record NewOutage(OutageKind Kind = OutageKind.ServiceUnavailable, TimeSpan? For = null, TimeSpan? RetryAfter = null);
}
