using Microsoft.Extensions.Primitives;

namespace FlexCrew.Security;

/// <summary>Decides who a request comes from and whether they may.</summary>
public interface ICallerAuthorizer
{
    /// <summary>Judges the values of the <c>Authorization</c> header. Never throws for what a caller sends.</summary>
    Task<Authorization> AuthorizeAsync(StringValues header, RequiredRole role, CancellationToken cancellation);
}
