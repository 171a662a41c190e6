namespace FlexCrew.Bench.Worlds;

/// <summary>The departments that can have a crew call.</summary>
internal static class Department
{
    public const string Sound = "sound";
    public const string Lights = "lights";

    /// <summary>The dictionary id of a sound technician's business role in Flex.</summary>
    public const string SoundTechnician = "2f6cf050-c5c1-11ea-a087-2a0a4490a7fb";

    /// <summary>The business role that a technician's contact has in Flex; lights has none.</summary>
    public static string? BusinessRoleOf(string department) => department == Sound ? SoundTechnician : null;
}
