using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Planning;
using FlexCrew.Tests.Sync.Fakes;

namespace FlexCrew.Tests;

/// <summary>Short names for the data of tests: technician 7 has id …0007.</summary>
internal static class Make
{
    public static Guid Tech(int number) => new($"00000000-0000-0000-0000-{number:D12}");

    public static DesiredContact Desired(string resource, params int[] technicians) =>
        new(resource, [.. technicians.Select(number => new DesiredTechnician(Tech(number), "SND-PA-T"))]);

    public static DesiredContact Desired(string resource, int technician, string? role) =>
        new(resource, [new DesiredTechnician(Tech(technician), role)]);

    public static FlexContact Contact(string line, string? resource, string? role = null) => new(line, resource, role);

    public static CrewRow Row(int technician, string? line, int id = 0) =>
        new(new Guid($"11111111-0000-0000-0000-{(id == 0 ? technician : id):D12}"), Tech(technician), line);

    public static AssignmentRow Assigned(
        int technician,
        string? sound = null,
        string? lights = null,
        string? video = null,
        string? resource = "default",
        string? department = null) =>
        new(Tech(technician), sound, lights, video, resource == "default" ? $"res-{technician}" : resource, department, JobId: Runs.Job);

    /// <summary>A contact to add for technicians whom the table does not map.</summary>
    public static ContactAddition Addition(string resource, params int[] technicians) => new(
        resource,
        [.. technicians.Select(number => new MappedTechnician(Tech(number), null))],
        null,
        new RoleAssignment(null, Tech(technicians[0]), "tecnico", "role-t"),
        null);

    /// <summary>A contact that goes because nobody desires it.</summary>
    public static ContactDeletion Deletion(string line, string? resource, params CrewRow[] rows) =>
        new(line, resource, DeletionReason.NotDesired, rows);

    /// <summary>A row whose technician leaves the crew call.</summary>
    public static RowDeletion Leaving(int technician, string? line) => new(Row(technician, line), Leaves: true);
}
