using FlexCrew;
using FlexCrew.Database;
using FlexCrew.Flex;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AuditDuplicates;

/// <summary>The command line: reads arguments and settings, prints the report, and says by its exit code what was found.</summary>
internal static class AuditProgram
{
    public const int Clean = 0;
    public const int Found = 1;
    public const int Unfinished = 2;

    private const string Usage =
        """
        Usage: scripts/audit-duplicates [--job UUID] [--days N] [--table-only]

        Reports technicians who are twice in a crew call, in the table and in Flex. Changes nothing.

          --job UUID     only the crew calls of this job
          --days N       only crew calls created in the last N days
          --table-only   do not ask Flex

        Reads SUPABASE_DB_URL, and for Flex X_AUTH_TOKEN (else FLEX_X_AUTH_TOKEN) and FLEX_API_BASE_URL.
        Exit code: 0 no duplicates, 1 duplicates, 2 something could not be audited.
        """;

    public static async Task<int> RunAsync(string[] args, IConfiguration configuration, TextWriter output, TextWriter errors)
    {
        if (Options(args) is not { } options)
        {
            await (args is ["--help"] or ["-h"] ? output : errors).WriteLineAsync(Usage);
            return args is ["--help"] or ["-h"] ? Clean : Unfinished;
        }

        if (DatabaseSettings.Problems(configuration) is { Count: > 0 } problems)
        {
            foreach (var problem in problems) await errors.WriteLineAsync(problem);
            return Unfinished;
        }

        await using var services = Services(configuration);
        try
        {
            var audit = new Audit(services.GetRequiredService<NpgsqlDataSource>(), Flex(services, options, output), output);
            return await audit.RunAsync(options.Job, options.Days, CancellationToken.None) switch
            {
                { Unread: > 0 } => Unfinished,
                { InTable: 0, InFlex: 0 } => options.TableOnly || FlexCredentials.HasToken(configuration) ? Clean : Unfinished,
                _ => Found,
            };
        }
        catch (NpgsqlException unreadable)
        {
            await errors.WriteLineAsync(
                $"The database could not be read: {(unreadable as PostgresException)?.MessageText ?? unreadable.Message}");
            return Unfinished;
        }
    }

    private static ICrewCallClient? Flex(IServiceProvider services, AuditOptions options, TextWriter output)
    {
        if (options.TableOnly) return null;
        if (FlexCredentials.HasToken(services.GetRequiredService<IConfiguration>())) return services.GetRequiredService<ICrewCallClient>();
        output.WriteLine("Flex is left out: X_AUTH_TOKEN is not set.");
        return null;
    }

    private static ServiceProvider Services(IConfiguration configuration)
    {
        var services = new ServiceCollection().AddSingleton(configuration).AddLogging();
        services.AddOptions<FlexCrewOptions>().Bind(configuration.GetSection(FlexCrewOptions.Section));
        return services.AddDatabase().AddFlexClient().BuildServiceProvider();
    }

    private static AuditOptions? Options(string[] args)
    {
        var options = new AuditOptions(null, null, false);
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : null;
            switch (args[i])
            {
                case "--table-only": options = options with { TableOnly = true }; break;
                case "--job" when Guid.TryParse(value, out var job): options = options with { Job = job }; i++; break;
                case "--days" when int.TryParse(value, out var days) && days > 0: options = options with { Days = days }; i++; break;
                default: return null;
            }
        }

        return options;
    }

    private sealed record AuditOptions(Guid? Job, int? Days, bool TableOnly);
}
