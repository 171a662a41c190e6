namespace FlexCrew;

/// <summary>
/// A reference to a secret in Azure Key Vault that App Service did not resolve: then the setting holds the reference itself.
/// It is public, so that it must never serve as the secret.
/// </summary>
internal static class SecretReference
{
    public static bool IsUnresolved(string? value) =>
        value?.TrimStart().StartsWith("@Microsoft.KeyVault(", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The problem in a line that does not show the reference.</summary>
    public static string Problem(string setting) =>
        $"{setting} is a Key Vault reference that was not resolved: the secret is missing, or the app may not read it";
}
