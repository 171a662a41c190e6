using FlexCrew.Flex;
using Microsoft.Extensions.Configuration;

namespace FlexCrew.Http;

/// <summary>Whether there is a token for Flex at all: without one a sync is not even begun.</summary>
internal static class FlexTokenSetting
{
    internal const string NotConfigured = "X_AUTH_TOKEN not configured";

    internal static bool IsConfigured(IConfiguration configuration) =>
        FlexCredentials.HasToken(configuration);
}
