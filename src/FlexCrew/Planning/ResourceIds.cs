using System.Globalization;
using System.Text;

namespace FlexCrew.Planning;

/// <summary>Reads the resource id that people typed or pasted into a profile.</summary>
internal static class ResourceIds
{
    /// <summary>
    /// The id without what is not part of it: blanks and braces around it, and characters that cannot be seen. Null when nothing is left.
    /// </summary>
    public static string? Clean(string? typed)
    {
        if (typed is null) return null;
        var visible = new StringBuilder(typed.Length);
        foreach (var letter in typed)
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) is not (UnicodeCategory.Control or UnicodeCategory.Format))
                visible.Append(letter);
        }

        var id = visible.ToString().Trim();
        if (id is ['{', .., '}'] or ['"', .., '"'] or ['\'', .., '\'']) id = id[1..^1].Trim();
        return id.Length > 0 ? id : null;
    }
}
