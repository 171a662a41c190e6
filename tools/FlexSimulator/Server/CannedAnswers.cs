namespace FlexSimulator;

/// <summary>Answers that have nothing to do with what was asked.</summary>
internal static class CannedAnswers
{
    public const string LoginPath = "/f5/ui/login";

    /// <summary>The body of an answer that breaks off, where there is no real one to break.</summary>
    public static readonly byte[] Torn = "{\"addedResourceLineIds\":[\"00000000-0000-4000-8000-000000000000\"]}"u8.ToArray();

    private const string Page =
        "<!DOCTYPE html>\n<html><head><title>Sign in</title></head>"
        + "<body><form method=\"post\" action=\"/f5/ui/login\"><input name=\"username\"></form></body></html>\n";

    public static Answer LoginPage() => Answer.Text(Page, Answer.Html);

    public static Answer Redirect(string? location = null) => Answer.Empty(302) with
    {
        Headers = new Dictionary<string, string> { ["Location"] = location ?? LoginPath },
    };
}
