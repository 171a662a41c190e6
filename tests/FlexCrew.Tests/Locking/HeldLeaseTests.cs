using FlexCrew.Locking;

namespace FlexCrew.Tests.Locking;

public class HeldLeaseTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_held_leases_are_told_oldest_first_and_free_ones_are_not()
    {
        var (young, old, free) = (Key("sound"), Key("lights"), Key("video"));

        var held = HeldLease.Among(
        [
            (young, new LeaseState { Holder = "b", Token = 2, AcquiredAt = Noon }),
            (free, new LeaseState { Token = 3 }),
            (old, new LeaseState { Holder = "a", Token = 1, AcquiredAt = Noon.AddSeconds(-1) }),
        ]);

        Assert.Equal([new HeldLease(old, "a", 1, Noon.AddSeconds(-1)), new HeldLease(young, "b", 2, Noon)], held);
    }

    private static LeaseKey Key(string department) => new(new Guid("99999999-0000-0000-0000-000000000001"), department);
}
