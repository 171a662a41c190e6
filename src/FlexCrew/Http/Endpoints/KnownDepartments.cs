namespace FlexCrew.Http.Endpoints;

/// <summary>Brings names of departments into their one form.</summary>
internal static class KnownDepartments
{
    /// <summary>The known ones, lower case, each once, in the order given.</summary>
    internal static IReadOnlyList<string> Of(IEnumerable<string?> names) =>
        [.. names.Select(Of).OfType<string>().Distinct()];

    /// <summary>The department of this name; null when there is none.</summary>
    internal static string? Of(string? name)
    {
        var lower = name?.Trim().ToLowerInvariant();
        return Departments.All.FirstOrDefault(department => department == lower);
    }
}
