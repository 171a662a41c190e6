namespace FlexCrew.Simulation.Modelling;

/// <summary>What a sync is of.</summary>
internal sealed record Key(Guid Job, string Department)
{
    public override string ToString() => $"job {Job.ToString("N")[^1]} {Department}";
}

/// <summary>A row of <c>job_assignments</c>.</summary>
internal sealed record Assignment(Guid Job, Guid Technician, string? Sound, string? Lights);

/// <summary>A row of <c>profiles</c>.</summary>
internal readonly record struct Profile(Guid Id, string? ResourceId, string? Department);

/// <summary>A row of <c>flex_crew_calls</c>.</summary>
internal sealed record CrewCall(Guid Id, Key Key, string Element);
