using Microsoft.AspNetCore.Http;

namespace FlexCrew.Http.Endpoints;

/// <summary>The way back to a run: our own route, never a management URL of Durable.</summary>
/// <param name="Absolute">For <c>statusQueryGetUri</c>.</param>
/// <param name="Relative">For <c>Location</c>: without scheme and host.</param>
internal readonly record struct StatusLink(string Absolute, string Relative)
{
    /// <summary>
    /// Built from what the request itself was sent to; forwarded headers are the caller's to invent, so a host behind
    /// a proxy is told its public URL instead.
    /// </summary>
    internal static StatusLink To(string instanceId, HttpRequest request, Uri? publicBaseUrl)
    {
        var (origin, path) = publicBaseUrl is null
            ? ($"{request.Scheme}://{request.Host.ToUriComponent()}", request.PathBase.ToUriComponent())
            : (publicBaseUrl.GetLeftPart(UriPartial.Authority), publicBaseUrl.AbsolutePath.TrimEnd('/'));
        var relative = $"{path}/{Routes.Prefix}/{Routes.Sync}/{instanceId}";
        return new StatusLink(request.Host.HasValue || publicBaseUrl is not null ? origin + relative : relative, relative);
    }
}
