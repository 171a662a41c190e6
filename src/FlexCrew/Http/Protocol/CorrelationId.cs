using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace FlexCrew.Http.Protocol;

/// <summary>The id that ties together everything a request causes.</summary>
internal static partial class CorrelationId
{
    /// <summary>The caller's, when it has the agreed form; else a new one.</summary>
    internal static string Of(HttpRequest request, TimeProvider time)
    {
        var sent = request.Headers[HeaderName.CorrelationId];
        return sent.Count == 1 && Form().IsMatch(sent[0]!) ? sent[0]! : NewId.From(time);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{8,128}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
