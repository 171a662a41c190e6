namespace FlexCrew.Flex.Reading;

/// <summary>Recognises a page for people: Flex shows its login page, with status 200, once the token has expired.</summary>
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
