namespace FlexCrew.Database;

/// <summary>A row of <c>flex_crew_calls</c>.</summary>
/// <param name="Id">Its id, the <c>crew_call_id</c> of the assignments.</param>
/// <param name="ElementId">The crew call's element id in Flex, without blanks around it.</param>
public sealed record CrewCallRow(Guid Id, string ElementId);

/// <summary>A crew call that is linked to an element in Flex.</summary>
/// <param name="Id">Its id.</param>
/// <param name="JobId">Its job.</param>
/// <param name="Department">Its department, in lower case.</param>
public sealed record LinkedCallRow(Guid Id, Guid JobId, string Department);

/// <summary>A row of <c>flex_crew_contacts</c>.</summary>
/// <param name="LineItemId">The contact's line item, in lower case.</param>
/// <param name="Placed">Whether FlexCrew added it; else somebody else had, before FlexCrew mapped a technician to it.</param>
public sealed record KnownContactRow(string LineItemId, bool Placed);

/// <summary>A row of <c>job_assignments</c> with what a sync needs of its profile.</summary>
/// <param name="TechnicianId">The technician.</param>
/// <param name="SoundRole">Role code in sound.</param>
/// <param name="LightsRole">Role code in lights.</param>
/// <param name="VideoRole">Role code in video.</param>
/// <param name="FlexResourceId">The profile's resource id in Flex.</param>
/// <param name="ProfileDepartment">The profile's department, free text.</param>
/// <param name="Name">The technician's name, for people to read; null when the profile tells none.</param>
/// <param name="JobId">The job.</param>
public sealed record AssignmentRow(
    Guid TechnicianId,
    string? SoundRole,
    string? LightsRole,
    string? VideoRole,
    string? FlexResourceId,
    string? ProfileDepartment,
    string? Name = null,
    Guid JobId = default);

/// <summary>What a profile tells of a person, for people to read.</summary>
/// <param name="TechnicianId">The technician.</param>
/// <param name="FlexResourceId">The resource id in Flex.</param>
/// <param name="Name">The name; null when the profile tells none.</param>
public sealed record PersonRow(Guid TechnicianId, string? FlexResourceId, string? Name);

/// <summary>What a row of <c>flex_crew_assignments</c> maps.</summary>
/// <param name="CrewCallId">The crew call.</param>
/// <param name="TechnicianId">The technician.</param>
/// <param name="LineItemId">The contact's line item in Flex.</param>
public sealed record MappedRow(Guid CrewCallId, Guid TechnicianId, string LineItemId);

/// <summary>A row of <c>flex_crew_assignments</c>.</summary>
/// <param name="Id">Its id.</param>
/// <param name="TechnicianId">The technician.</param>
/// <param name="LineItemId">The contact's line item in Flex; null is possible in the older schema.</param>
public sealed record CrewRow(Guid Id, Guid TechnicianId, string? LineItemId);
