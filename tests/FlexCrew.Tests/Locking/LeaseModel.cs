using FlexCrew.Locking;
using FsCheck;
using FsCheck.Fluent;

namespace FlexCrew.Tests.Locking;

internal abstract record LeaseStep
{
    /// <summary>A run asks; with its ticket, where it has one.</summary>
    public sealed record Ask(int Run) : LeaseStep;

    /// <summary>The holder gives the lease back.</summary>
    public sealed record Release(bool Succeeded) : LeaseStep;

    /// <summary>Somebody gives back or takes over with a holder or token that is not right.</summary>
    public sealed record Forge(int Run, int TokenOff, bool ByTakeOver) : LeaseStep;

    /// <summary>The holder died, and the lease is taken over.</summary>
    public sealed record TakeOver : LeaseStep;

    /// <summary>Time passes; an idle state is deleted.</summary>
    public sealed record Sweep(int Seconds) : LeaseStep;
}

/// <summary>Applies steps to a lease, and keeps account of what really happened by the count of steps.</summary>
internal sealed class LeaseModel
{
    private static readonly TimeSpan IdleFor = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, (long Ticket, int FirstAskedAt)> waiting = [];
    private DateTimeOffset clock = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly int[] lives = new int[6];
    private int grantedAt;

    public static Gen<LeaseStep> AnyStep => Gen.Frequency(
        (6, Gen.Choose(0, 5).Select(run => (LeaseStep)new LeaseStep.Ask(run))),
        (3, Gen.Elements(true, false).Select(well => (LeaseStep)new LeaseStep.Release(well))),
        (1, from run in Gen.Choose(0, 5)
            from off in Gen.Choose(-1, 1)
            from over in Gen.Elements(true, false)
            select (
            LeaseStep)new LeaseStep.Forge(run, off, over)),
        (1, Gen.Constant((LeaseStep)new LeaseStep.TakeOver())),
        (1, Gen.Elements(0, 5, 30, 300).Select(seconds => (LeaseStep)new LeaseStep.Sweep(seconds))));

    public LeaseState State { get; private set; } = new();
    public LeaseState Before { get; private set; } = new();
    public LeaseStep? Applied { get; private set; }
    public int Now { get; private set; }
    public int DeletedAt { get; private set; } = -1;
    public string? Holding { get; private set; }
    public List<long> Tokens { get; } = [];
    public List<(string Summary, int GrantedAt, bool Pruned)> Completed { get; } = [];
    public (string Holder, bool Prunes, int FirstAskedAt, LeaseAnswer Answer)? Last { get; private set; }

    public void Apply(LeaseStep step)
    {
        (Before, Applied, Last) = (State, step, null);
        Now++;
        switch (step)
        {
            case LeaseStep.Ask ask:
                Ask(ask.Run);
                break;
            case LeaseStep.Release release when State.Holder is { } holder:
                Release(holder, release.Succeeded);
                break;
            case LeaseStep.Forge forge when forge.TokenOff != 0 || NameOf(forge.Run) != State.Holder:
                State = forge.ByTakeOver
                    ? Lease.TakeOver(State, new LeaseTakeOver(NameOf(forge.Run), State.Token + forge.TokenOff), clock).State
                    : Lease.Release(State, new LeaseRelease(NameOf(forge.Run), State.Token + forge.TokenOff, true, "forged"), clock);
                break;
            case LeaseStep.TakeOver when State.Holder is { } dead:
                (State, _) = Lease.TakeOver(State, new LeaseTakeOver(dead, State.Token), clock);
                Ended(dead);
                break;
            case LeaseStep.Sweep sweep:
                clock += TimeSpan.FromSeconds(sweep.Seconds);
                if (Lease.IsIdle(State, IdleFor, clock)) (State, DeletedAt) = (new LeaseState(), Now);
                break;
        }
    }

    private string NameOf(int run) => $"run-{run}-{lives[run]}";

    private static bool Prunes(string holder) => holder[4] != '0';

    private void Ask(int run)
    {
        var holder = NameOf(run);
        var (ticket, firstAskedAt) = waiting.TryGetValue(holder, out var drawn) ? ((long?)drawn.Ticket, drawn.FirstAskedAt) : (null, Now);
        (State, var answer) = Lease.TryAcquire(State, new LeaseRequest(holder, Prunes(holder), ticket), clock);
        Last = (holder, Prunes(holder), firstAskedAt, answer);
        waiting[holder] = (answer.Ticket, firstAskedAt);
        if (answer.Kind == LeaseAnswerKind.Coalesced)
        {
            waiting.Remove(holder);
            lives[run]++;
        }
        if (answer.Kind != LeaseAnswerKind.Granted || Before.Holder == holder) return;
        Tokens.Add(answer.Token);
        (Holding, grantedAt) = (holder, Now);
    }

    private void Release(string holder, bool succeeded)
    {
        var summary = $"by {holder} at {Now}";
        State = Lease.Release(State, new LeaseRelease(holder, State.Token, Prunes(holder), succeeded ? summary : null), clock);
        if (succeeded) Completed.Add((summary, grantedAt, Prunes(holder)));
        Ended(holder);
    }

    private void Ended(string holder)
    {
        waiting.Remove(holder);
        Holding = null;
        lives[holder[4] - '0']++;
    }
}
