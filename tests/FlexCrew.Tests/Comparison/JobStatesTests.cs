using FlexCrew.Comparison;
using FlexCrew.Database;

namespace FlexCrew.Tests.Comparison;

public class JobStatesTests
{
    private static readonly JobRow Job = new(Guid.NewGuid(), "Load-in", null, null, null);
    private static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly List<JobCrewCallRow> crewCalls = [new(Job.Id, "sound", "element", false)];
    private readonly List<JobAssignmentRow> assignments = [];
    private readonly List<JobMappedRow> mapped = [];
    private readonly List<RunRow> runs = [];

    [Fact]
    public void A_department_whose_table_is_as_it_should_be_is_settled()
    {
        Assign(1);
        Map(1);
        Assert.Equal(("settled", 1, 1, 0, 0), Facts());
    }

    [Fact]
    public void Whoever_has_to_come_or_to_go_makes_it_one_to_sync()
    {
        Assign(1);
        Map(2);
        Assert.Equal(("to_sync", 1, 1, 1, 1), Facts());
    }

    [Fact]
    public void Somebody_without_a_resource_id_is_not_to_be_added()
    {
        Assign(1, resource: " ");
        Assert.Equal(("no_resource", 1, 0, 0, 0), Facts());
        Assert.Equal(1, Sound().WithoutResource);
    }

    [Fact]
    public void People_without_a_crew_call_have_no_mapping_whatever_else_is_known()
    {
        crewCalls.Clear();
        Assign(1);
        runs.Add(Run("failed", Noon));
        Assert.Equal("no_mapping", Sound().State);
    }

    [Fact]
    public void A_department_that_nobody_is_assigned_to_and_that_has_no_crew_call_is_not_there()
    {
        Assign(1);
        Assert.Equal(["sound"], State().Departments.Select(department => department.Department));
    }

    [Fact]
    public void Nobody_is_warned_of_video_which_cannot_have_a_crew_call()
    {
        assignments.Add(new JobAssignmentRow { JobId = Job.Id, TechnicianId = Make.Tech(1), VideoRole = "VID-T", FlexResourceId = "res" });
        Assert.Equal(["sound"], State().Departments.Select(department => department.Department));
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("partial")]
    public void The_newest_run_counts_when_it_did_not_succeed(string status)
    {
        runs.Add(Run(status, Noon));
        Assert.Equal(status, Sound().State);
    }

    [Fact]
    public void What_drifted_counts_until_a_run_succeeds()
    {
        runs.AddRange([Run("succeeded", Noon), Run("drift", Noon.AddHours(1))]);
        Assert.Equal("drift", Sound().State);

        runs[0] = Run("succeeded", Noon.AddHours(2));
        Assert.Equal(("settled", null), (Sound().State, Sound().Drift));

        runs[0] = Run("skipped", Noon.AddHours(2));
        Assert.Equal("drift", Sound().State);

        runs[1] = runs[1] with { IsGone = true };
        Assert.Equal(("settled", null), (Sound().State, Sound().Drift));
    }

    [Fact]
    public void The_oldest_of_several_crew_calls_counts_and_their_number_is_told()
    {
        crewCalls.Add(new JobCrewCallRow(Job.Id, "sound", "second", true));
        Assert.Equal(("element", false, 2), (Sound().ElementId, Sound().IsShared, Sound().CrewCalls));
    }

    private (string, int, int, int, int) Facts() => (Sound().State, Sound().Assigned, Sound().Mapped, Sound().ToAdd, Sound().ToRemove);

    private DepartmentState Sound() => State().Departments.Single(department => department.Department == "sound");

    private JobState State() => JobStates.Of([Job], new JobFacts(crewCalls, assignments, mapped, runs)).Single();

    private void Assign(int technician, string? resource = "res") => assignments.Add(
        new JobAssignmentRow { JobId = Job.Id, TechnicianId = Make.Tech(technician), SoundRole = "SND-PA-T", FlexResourceId = resource });

    private void Map(int technician) => mapped.Add(new JobMappedRow(Job.Id, "sound", Make.Tech(technician)));

    private static RunRow Run(string status, DateTime startedAt) =>
        new() { JobId = Job.Id, Department = "sound", Status = status, StartedAt = startedAt };
}
