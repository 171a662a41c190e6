namespace FlexCrew.Http.Protocol;

/// <summary>What a route answers to beside OPTIONS.</summary>
/// <param name="Verbs">The methods that do something.</param>
/// <param name="Allow">The <c>Allow</c> header of a 405.</param>
/// <param name="CorsMethods">The methods that preflight promises.</param>
internal sealed record RouteMethods(string[] Verbs, string Allow, string CorsMethods)
{
    internal static readonly RouteMethods Post = new(["POST"], "POST, OPTIONS", "POST, OPTIONS");

    internal static readonly RouteMethods Get = new(["GET"], "GET, OPTIONS", "GET, POST, OPTIONS");

    /// <summary>GET, and HEAD, which many probes and load balancers send: the same answer without its body.</summary>
    internal static readonly RouteMethods GetOrHead = new(["GET", "HEAD"], "GET, HEAD, OPTIONS", "GET, POST, OPTIONS");
}
