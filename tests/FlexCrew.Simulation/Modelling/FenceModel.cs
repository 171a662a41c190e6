using FlexCrew.Database;

namespace FlexCrew.Simulation.Modelling;

/// <summary>The fences: the statements of the product, each carried out at once.</summary>
internal sealed class FenceModel
{
    private readonly Dictionary<string, Fence> fences = [];

    /// <summary>A run claims the fence of an element, or takes its place as the one that comes next.</summary>
    public void Claim(string element, string holder, TimeSpan quietFor, DateTimeOffset now)
    {
        if (!fences.TryGetValue(element, out var fence)) fences[element] = fence = new Fence { Token = 1, TouchedAt = now };
        var isFree = fence.Holder is null || now - fence.TouchedAt > fence.QuietFor;
        var isNext = fence.Next is null || fence.Next == holder || now - fence.NextSeenAt > fence.QuietFor / 4;
        if (fence.Holder == holder || (isFree && isNext))
        {
            if (fence.Holder != holder) (fence.Token, fence.Passes) = (fence.Token + 1, 0);
            (fence.Holder, fence.TouchedAt, fence.QuietFor) = (holder, now, quietFor);
            if (fence.Next == holder) fence.Next = null;
        }
        else if (isNext)
        {
            (fence.Next, fence.NextSeenAt) = (holder, now);
        }
    }

    public bool IsHeld(FenceHold hold, DateTimeOffset now)
    {
        if (!fences.TryGetValue(hold.Element, out var fence) || fence.Token != hold.Token || fence.Holder != hold.Holder) return false;
        if (now - fence.TouchedAt > fence.QuietFor / 8) fence.TouchedAt = now;
        return true;
    }

    /// <summary>One attempt to write passes.</summary>
    public void Pass(FenceHold hold)
    {
        if (fences.TryGetValue(hold.Element, out var fence) && fence.Token == hold.Token) fence.Passes++;
    }

    /// <summary>The holder gives it back; one that does not account for all that has passed leaves it to nobody for a while.</summary>
    public void Return(FenceReturn given, DateTimeOffset now)
    {
        foreach (var fence in fences.Values.Where(fence => fence.Holder == given.Holder))
            (fence.Holder, fence.TouchedAt) = (fence.Passes == given.Passes ? null : $"{fence.Holder} (ended)", now);
    }

    /// <summary>The element whose fence a run holds; null when it holds none.</summary>
    public string? ElementOf(string? holder) => fences.FirstOrDefault(fence => holder is not null && fence.Value.Holder == holder).Key;

    public FenceAnswer StateOf(string element) =>
        fences.TryGetValue(element, out var fence) ? new FenceAnswer(fence.Holder, fence.Token, false) : new FenceAnswer(null, 0, false);

    private sealed class Fence
    {
        public long Token { get; set; }

        public int Passes { get; set; }

        public string? Holder { get; set; }

        public DateTimeOffset TouchedAt { get; set; }

        public TimeSpan QuietFor { get; set; }

        public string? Next { get; set; }

        public DateTimeOffset NextSeenAt { get; set; }
    }
}
