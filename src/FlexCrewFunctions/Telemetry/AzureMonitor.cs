using System.Data.Common;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using OpenTelemetry;

namespace FlexCrewFunctions.Telemetry;

/// <summary>Exports to Application Insights with the app's managed identity, where a connection string is set.</summary>
internal static class AzureMonitor
{
    private const string ConnectionString = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary><c>Authorization=AAD;ClientId=…</c>: the identity that may write; without it the connection string has to do.</summary>
    private const string Authentication = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    public static void ExportToAzureMonitor(this IOpenTelemetryBuilder telemetry, IConfiguration configuration)
    {
        if (configuration[ConnectionString] is not { Length: > 0 } connection) return;
        telemetry.UseAzureMonitorExporter(options =>
        {
            options.ConnectionString = connection;
            if (ClientId(configuration[Authentication]) is { } client)
                options.Credential = new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(client));
        });
    }

    private static string? ClientId(string? authentication) =>
        authentication is { Length: > 0 }
            && new DbConnectionStringBuilder { ConnectionString = authentication }.TryGetValue("ClientId", out var id)
            ? id as string
            : null;
}
