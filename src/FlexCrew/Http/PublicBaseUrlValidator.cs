using Microsoft.Extensions.Options;

namespace FlexCrew.Http;

/// <summary>Refuses a public URL that no link could begin with.</summary>
internal sealed class PublicBaseUrlValidator : IValidateOptions<FlexCrewOptions>
{
    public ValidateOptionsResult Validate(string? name, FlexCrewOptions options) =>
        options.PublicBaseUrl is { } url && !(url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp))
            ? ValidateOptionsResult.Fail(
                $"{FlexCrewOptions.Section}__{nameof(FlexCrewOptions.PublicBaseUrl)} must be an absolute http or https URL")
            : ValidateOptionsResult.Success;
}
