namespace FlexCrew.Http;

/// <summary>What a route answers to beside OPTIONS.</summary>
/// <param name="Verb">The one method that does something.</param>
/// <param name="Allow">The <c>Allow</c> header of a 405.</param>
/// <param name="CorsMethods">The methods that preflight promises.</param>
internal sealed record RouteMethods(string Verb, string Allow, string CorsMethods)
{
    internal static readonly RouteMethods Post = new("POST", "POST, OPTIONS", "POST, OPTIONS");

    internal static readonly RouteMethods Get = new("GET", "GET, OPTIONS", "GET, POST, OPTIONS");
}
