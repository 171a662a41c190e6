using FlexCrew.Contract;
using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Sync;
using FlexCrew.Tests.Flex.CrewCalls;
using FlexCrew.Tests.Locking;
using FlexCrew.Tests.Planning;
using FlexCrew.Tests.Sync.Fakes;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Sync;

/// <summary>What a dry run says is what the sync right after it does, whatever the world is like.</summary>
public sealed class DryRunProperties
{
    private static void Hold(Action<RealWorld> body) => Properties.Hold(
        ModelWorld.Any(resourcesAlwaysTold: true), world => world.Smaller(), world => body(new RealWorld(world)), runs: 300);

    [Fact]
    public void The_contacts_that_go_are_those_that_were_told() => Hold(world =>
    {
        var (plan, before, after) = world.PlanAndRun();

        Assert.Equal(
            plan.Removals.Where(removal => removal.ResourceId is not null).Select(removal => removal.LineItemId!).Order(),
            before.Contacts.Select(contact => contact.LineItemId).Where(line => !after.Has(line)).Order(),
            FlexIds.Comparer);
    });

    [Fact]
    public void The_contacts_that_come_are_those_that_were_told_and_the_others_are_adopted() => Hold(world =>
    {
        var (plan, before, after) = world.PlanAndRun();

        Assert.Equal(
            plan.Adds.Where(add => add.AdoptsLineItemId is null).Select(add => add.ResourceId).Distinct().Order(),
            after.Contacts.Where(contact => !before.Has(contact.LineItemId)).Select(contact => contact.ResourceId).Order());
        Assert.All(plan.Adds.Where(add => add.AdoptsLineItemId is not null), add =>
            Assert.Equal(add.AdoptsLineItemId, after.LineOf(add.TechnicianId), ignoreCase: true));
    });

    [Fact]
    public void The_technicians_who_leave_are_those_that_were_told() => Hold(world =>
    {
        var (plan, before, after) = world.PlanAndRun();
        var (had, has) = (before.Technicians, after.Technicians);

        Assert.Equal(plan.Adds.Select(add => add.TechnicianId).Except(had).Order(), has.Except(had).Order());
        Assert.All(plan.Adds, add => Assert.Contains(add.TechnicianId, has));
        Assert.All(had.Except(has), gone => Assert.Contains(plan.Removals, removal => before.Concerns(removal, gone)));
        Assert.All(
            plan.Removals.Where(removal => removal.Reason == "not desired" && removal.TechnicianId is not null),
            removal => Assert.DoesNotContain(removal.TechnicianId!.Value, has));
    });

    [Fact]
    public void The_business_roles_that_are_set_are_those_that_were_told() => Hold(world =>
    {
        var (plan, before, after) = world.PlanAndRun();

        Assert.Equal(
            plan.Roles.Select(role => after.LineOf(role.TechnicianId)!.ToUpperInvariant()).Order(),
            after.Contacts
                .Where(contact => contact.BusinessRole is { Length: > 0 } role && before.RoleOf(contact.LineItemId) != role)
                .Select(contact => contact.LineItemId.ToUpperInvariant()).Order());
    });

    /// <summary>A model world, as a database and a crew call in memory hold it.</summary>
    private sealed class RealWorld
    {
        private readonly MemoryFlex flex = new();
        private readonly MemoryDatabase database;
        private readonly bool prune;

        public RealWorld(ModelWorld model)
        {
            database = new MemoryDatabase(flex.Time) { Holder = null };
            prune = model.Prune;
            flex.Lines.AddRange(model.Contacts);
            database.Rows.AddRange(model.Rows);
            database.Assignments.AddRange(model.Desired.SelectMany(contact => contact.Technicians, (contact, technician) =>
                Assigned(0, sound: technician.Role, resource: contact.ResourceId) with { TechnicianId = technician.TechnicianId }));
            database.Assignments.AddRange(
                model.WithoutResource.Select(technician => Assigned(technician, sound: "SND-PA-T", resource: null)));
            foreach (var (line, placed) in model.Placed) database.Placed[line] = placed;
            foreach (var resource in model.Begun) database.Begin(Tech(resource[1] - '0'), resource, TimeSpan.FromMinutes(10));
            if (model.Linked is not var (lines, resources)) return;
            database.Linked.Add(new LinkedCallRow(Tech(90), Runs.Job, "lights"));
            database.LinkedLines.AddRange(lines);
            database.Assignments.AddRange(resources.Select((resource, at) => Assigned(50 + at, lights: "LGT-PA-T", resource: resource)));
        }

        public (SyncPlan Plan, Seen Before, Seen After) PlanAndRun()
        {
            var steps = new RealSteps(database, flex);
            var before = new Seen([.. flex.Lines], [.. database.Rows]);
            var told = steps.Planner.PlanAsync(new PlanRequest(Runs.Job, ["sound"], prune, "correlation"), default).GetAwaiter()
                .GetResult();
            Assert.Equal(before.Contacts, flex.Lines);
            Assert.Equal(before.Rows, database.Rows);

            var host = new FakeHost();
            var summary = CrewCallSync.RunAsync(Runs.Sound(prune: prune), steps, new MemoryLeases(() => host.UtcNow), host)
                .GetAwaiter().GetResult();
            Assert.Null(summary.Errors);
            Assert.Null(database.Holder);
            Assert.Equal(told.Summary["sound"].PlannedDeleteCount, summary.PlannedDeleteCount);
            Assert.Equal(told.Summary["sound"].Kept, summary.Kept);
            return (told.Summary["sound"].Plan!, before, new Seen([.. flex.Lines], [.. database.Rows]));
        }
    }

    private sealed record Seen(IReadOnlyList<FlexContact> Contacts, IReadOnlyList<CrewRow> Rows)
    {
        public IReadOnlyList<Guid> Technicians => [.. Rows.Select(row => row.TechnicianId).Distinct()];

        public bool Has(string line) => Contacts.Any(contact => FlexIds.Same(contact.LineItemId, line));

        public string? RoleOf(string line) => Contacts.FirstOrDefault(contact => FlexIds.Same(contact.LineItemId, line))?.BusinessRole;

        public string? LineOf(Guid technician) => Rows.FirstOrDefault(row => row.TechnicianId == technician)?.LineItemId;

        /// <summary>Whether the technician has the row that goes, or is mapped to the contact that does.</summary>
        public bool Concerns(PlannedRemoval removal, Guid technician) => removal.TechnicianId == technician
            || Rows.Any(row => row.TechnicianId == technician && FlexIds.Same(row.LineItemId, removal.LineItemId));
    }
}
