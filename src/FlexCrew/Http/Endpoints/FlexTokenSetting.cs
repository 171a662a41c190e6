namespace FlexCrew.Http.Endpoints;

/// <summary>The answer where there is no token for Flex at all: without one a sync is not even begun.</summary>
internal static class FlexTokenSetting
{
    internal const string NotConfigured = "X_AUTH_TOKEN not configured";
}
