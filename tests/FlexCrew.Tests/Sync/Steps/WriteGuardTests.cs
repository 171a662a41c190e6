using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Planning;
using FlexCrew.Sync;
using FlexCrew.Tests.Flex.CrewCalls;
using FlexCrew.Tests.Sync.Fakes;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Sync.Steps;

/// <summary>What each attempt of each write is asked before it is sent.</summary>
public sealed class WriteGuardTests
{
    private static readonly Guid OtherJob = new("99999999-0000-0000-0000-000000000002");

    private readonly JumpingTime time = new();
    private readonly MemoryDatabase database;
    private RunContext run = Runs.Context;

    public WriteGuardTests() => database = new MemoryDatabase(time);

    public static TheoryData<string> Kinds => ["role", "deletion", "add"];

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_run_that_holds_the_fence_and_has_time_left_may_write_and_each_attempt_is_noted(string kind)
    {
        Assert.Null((await AskAsync(kind)).Refusal);
        Assert.Equal(1, database.Passes);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task From_the_deadline_of_its_run_on_nothing_is_sent(string kind)
    {
        run = run with { Deadline = time.GetUtcNow() };

        Assert.Equal(new Failure(FailureKind.DeadlineExceeded, "The sync reached its time limit"), (await AskAsync(kind)).Refusal);
        Assert.Equal(0, database.Writes);

        run = run with { Deadline = time.GetUtcNow().AddTicks(1) };
        Assert.Null((await AskAsync(kind)).Refusal);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Who_does_not_hold_the_fence_any_more_writes_nothing(string kind)
    {
        database.Token++;
        Assert.Equal(FailureKind.LeaseLost, (await AskAsync(kind)).Refusal?.Kind);

        (database.Token, database.Holder) = (Runs.Target.Fence.Token, "another");
        Assert.Equal(FailureKind.LeaseLost, (await AskAsync(kind)).Refusal?.Kind);
        Assert.Equal((0, 0), (database.Begun, database.Passes));
    }

    [Theory]
    [InlineData("role", "Pass")]
    [InlineData("deletion", "Pass")]
    [InlineData("add", "BeginAsync")]
    public async Task Where_the_database_cannot_be_asked_nothing_is_sent(string kind, string method)
    {
        database.Break(method);

        var refusal = (await AskAsync(kind)).Refusal;

        Assert.Equal((FailureKind.Database, true), (refusal?.Kind, refusal?.Retryable));
    }

    [Fact]
    public async Task An_add_that_may_write_has_left_its_intent()
    {
        var guard = Add(new MappedTechnician(Tech(1), null), new MappedTechnician(Tech(2), "L2"));
        database.Rows.Add(Row(2, "l2"));

        await guard.AskAsync([], default);

        Assert.Equal([Tech(1), Tech(2)], database.Intents.Keys.Order());
        Assert.Equal(database.Intents[Tech(1)].StartedAt, guard.Known.Single(known => known.TechnicianId == Tech(1)).StartedAt);
        Assert.False(guard.FoundIntent);
        Assert.Null(guard.Conflict);
        Assert.Equal(["L2"], guard.MappedLines, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Each_attempt_of_an_add_renews_its_intent()
    {
        var guard = Add(new MappedTechnician(Tech(1), null));
        await guard.AskAsync([], default);
        var first = database.Intents[Tech(1)].StartedAt;
        time.Jump(TimeSpan.FromSeconds(5));

        Assert.Null((await guard.AskAsync([], default)).Refusal);
        Assert.Equal(TimeSpan.FromSeconds(5), database.Intents[Tech(1)].StartedAt - first);
        Assert.Equal(2, database.Begun);
    }

    [Fact]
    public async Task An_add_that_somebody_else_has_begun_is_refused_until_that_is_taken_into_account()
    {
        var guard = Add(new MappedTechnician(Tech(1), null));
        database.Begin(Tech(1), "r1", TimeSpan.FromSeconds(7));

        var refusal = (await guard.AskAsync([], default)).Refusal;

        Assert.Equal((FailureKind.NotWanted, false), (refusal?.Kind, refusal?.Retryable));
        Assert.Equal(TimeSpan.FromSeconds(7), guard.Conflict?.Age);
        Assert.Equal(0, database.Begun);

        guard.Accept(guard.Conflict!);
        Assert.Null((await guard.AskAsync([], default)).Refusal);
        Assert.Equal((true, 1), (guard.FoundIntent, database.Begun));
        Assert.Null(guard.Conflict);
    }

    [Fact]
    public async Task An_add_of_somebody_who_was_mapped_meanwhile_is_refused_and_tells_the_contact()
    {
        var guard = Add(new MappedTechnician(Tech(1), null));
        database.Rows.Add(Row(1, "L1"));

        Assert.Equal(FailureKind.NotWanted, (await guard.AskAsync([], default)).Refusal?.Kind);
        guard.Accept(guard.Conflict!);

        Assert.Equal(["L1"], guard.MappedLines);
        Assert.False(guard.FoundIntent);
    }

    [Theory]
    [InlineData("sound", null, "r1", true)]
    [InlineData("sound", null, "R1", true)]
    [InlineData("sound", null, "another", false)]
    [InlineData(null, "LGT-PA-T", "r1", false)]
    public async Task A_contact_whose_resource_is_wanted_by_now_is_spared(string? sound, string? lights, string resource, bool spared)
    {
        database.Assignments.Add(Assigned(1, sound: sound, lights: lights, resource: resource));

        Assert.Equal(spared ? ["L1"] : [], await SparedAsync(Deletion("L1", "r1"), Deletion("L9", "r9")));
    }

    [Fact]
    public async Task A_contact_that_a_linked_crew_call_wants_by_now_is_spared()
    {
        database.Linked.AddRange([new LinkedCallRow(Tech(90), Runs.Job, "lights"), new LinkedCallRow(Tech(91), OtherJob, "sound")]);
        database.Assignments.AddRange(
        [
            Assigned(1, lights: "LGT-PA-T", resource: "r1"),
            Assigned(2, sound: "SND-PA-T", resource: "r2") with { JobId = OtherJob },
            Assigned(3, lights: "LGT-PA-T", resource: "r3") with { JobId = OtherJob },
        ]);

        Assert.Equal(["L1", "L2"], await SparedAsync(Deletion("L1", "r1"), Deletion("L2", "r2"), Deletion("L3", "r3")));
    }

    /// <summary>
    /// Of a duplicate another contact stays, for those who have its resource. Whoever got a new contact for a replaced one is mapped to the
    /// new one: so somebody who is still mapped to the old one was assigned after the plan was made.
    /// </summary>
    [Theory]
    [InlineData(DeletionReason.NotDesired, "L1", "another", true)]
    [InlineData(DeletionReason.NotDesired, "L1", null, true)]
    [InlineData(DeletionReason.NotDesired, "L2", "another", false)]
    [InlineData(DeletionReason.Duplicate, "L1", "r1", false)]
    [InlineData(DeletionReason.Duplicate, "L1", "another", true)]
    [InlineData(DeletionReason.Duplicate, "L1", null, true)]
    [InlineData(DeletionReason.Duplicate, "L2", "another", false)]
    [InlineData(DeletionReason.Replaced, "L2", "another", false)]
    [InlineData(DeletionReason.Replaced, "L1", "another", true)]
    [InlineData(DeletionReason.Replaced, "L1", null, true)]
    [InlineData(DeletionReason.Replaced, "L2", "r1", true)]
    [InlineData(DeletionReason.ReplacedDuplicate, "L2", "another", false)]
    [InlineData(DeletionReason.ReplacedDuplicate, "L1", "another", true)]
    [InlineData(DeletionReason.ReplacedDuplicate, "L1", "r1", false)]
    [InlineData(DeletionReason.ReplacedDuplicate, "L1", null, true)]
    public async Task A_contact_is_spared_that_its_technician_who_is_assigned_by_now_has_no_other_for(
        DeletionReason reason, string mappedTo, string? resource, bool spared)
    {
        database.Rows.Add(Row(1, mappedTo));
        database.Assignments.Add(Assigned(1, sound: "SND-PA-T", resource: resource));

        Assert.Equal(spared ? ["L1"] : [], await SparedAsync(Deletion("L1", "r1", Row(1, "L1")) with { Reason = reason }));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task A_contact_whose_resource_is_not_told_is_spared_for_its_technicians(int assigned, bool spared)
    {
        database.Rows.Add(Row(1, "L1"));
        database.Assignments.Add(Assigned(assigned, sound: "SND-PA-T", resource: "whatever"));

        Assert.Equal(spared ? ["L1"] : [], await SparedAsync(Deletion("L1", null, Row(1, "L1"))));
    }

    [Fact]
    public async Task Only_those_of_the_request_are_asked_about()
    {
        database.Assignments.AddRange([Assigned(1, sound: "SND-PA-T", resource: "r1"), Assigned(2, sound: "SND-PA-T", resource: "r2")]);
        var guard = Guards.ForDeletion(Removing(Deletion("L1", "r1"), Deletion("L2", "r2")));

        Assert.Equal(["L2"], (await guard.AskAsync(["L2"], default)).Spared);
    }

    private WriteGuards Guards => new(database, database, database, time);

    private async Task<IReadOnlyCollection<string>> SparedAsync(params ContactDeletion[] contacts) =>
        (await Guards.ForDeletion(Removing(contacts)).AskAsync([.. contacts.Select(contact => contact.LineItemId)], default)).Spared!;

    private RemoveInput Removing(params ContactDeletion[] contacts) => new(run, Runs.Target, [], contacts);

    private AddGuard Add(params MappedTechnician[] technicians) =>
        Guards.ForAdd(new AddInput(run, Runs.Target, "r1", technicians, null));

    private Task<WritePermission> AskAsync(string kind)
    {
        IWriteGuard guard = kind switch
        {
            "role" => Guards.ForRole(run, Runs.Target),
            "deletion" => Guards.ForDeletion(Removing(Deletion("L1", "r1"))),
            _ => Add(new MappedTechnician(Tech(1), null)),
        };
        return guard.AskAsync(kind == "deletion" ? ["L1"] : [], default);
    }
}
