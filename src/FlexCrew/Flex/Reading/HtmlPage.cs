namespace FlexCrew.Flex.Reading;

/// <summary>
/// Recognises an HTML page where data was asked for. Flex shows one, with status 200, to a token that it does not accept, and
/// with status 403 where the base URL is wrong.
/// </summary>
internal static class HtmlPage
{
    private const int Prologue = 1024;

    /// <summary>Whether the body is an HTML page, whatever its content type says.</summary>
    public static bool Is(ReadOnlySpan<byte> body)
    {
        body = JsonBody.Trim(body);
        if (body.IsEmpty || body[0] != (byte)'<')
            return false;
        var start = System.Text.Encoding.Latin1.GetString(body[..Math.Min(body.Length, Prologue)]);
        return start.Contains("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || start.Contains("<html", StringComparison.OrdinalIgnoreCase);
    }
}
