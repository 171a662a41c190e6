using FlexCrew.Database.Connection;
using Microsoft.Extensions.Configuration;

namespace FlexCrew.Database;

/// <summary>Tells at start what is wrong with the setting of the database.</summary>
public static class DatabaseSettings
{
    /// <summary>The problems, one line each; none when the setting will do. No line shows the value: it has a password in it.</summary>
    public static IReadOnlyList<string> Problems(IConfiguration configuration)
    {
        if (configuration[DatabaseConnection.Setting] is not { } connection || string.IsNullOrWhiteSpace(connection))
            return [$"{DatabaseConnection.Setting} is missing: a postgres:// URL, or Npgsql keywords such as Host=…;Username=…;Password=…;Database=…"];
        if (SecretReference.IsUnresolved(connection))
            return [SecretReference.Problem(DatabaseConnection.Setting)];
        try
        {
            DatabaseConnection.Parse(connection);
            return [];
        }
        catch (FormatException malformed)
        {
            return [malformed.Message];
        }
    }
}
