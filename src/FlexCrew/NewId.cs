namespace FlexCrew;

/// <summary>Makes ids of runs and requests: 32 lower-case hexadecimal digits, in the order of time, not to be guessed.</summary>
internal static class NewId
{
    internal static string From(TimeProvider time) => Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
}
