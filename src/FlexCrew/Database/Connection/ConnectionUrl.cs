using Npgsql;

namespace FlexCrew.Database.Connection;

/// <summary>
/// Reads <c>postgres://user:password@host:port/database?sslmode=require</c>. User, password and database are
/// percent-encoded. No message shows any part of the value, since each may be a part of the password.
/// </summary>
internal static class ConnectionUrl
{
    private static readonly Dictionary<string, string> Keywords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
        ["gssencmode"] = "GSS Encryption Mode",
        ["application_name"] = "Application Name",
        ["connect_timeout"] = "Timeout",
        ["connection_limit"] = "Maximum Pool Size",
        ["options"] = "Options",
    };

    // Options that other clients put into the URLs people copy, and that mean nothing here.
    private static readonly HashSet<string> Ignored = new(StringComparer.OrdinalIgnoreCase)
    {
        "pgbouncer", "supa", "uselibpqcompat", "pool_timeout", "statement_cache_size", "prepareThreshold",
    };

    public static bool IsUrl(string value)
    {
        var scheme = value.IndexOf("://", StringComparison.Ordinal);
        return scheme > 0 && value.AsSpan(0, scheme).IndexOfAny('=', ';') < 0;
    }

    public static void Read(string url, NpgsqlConnectionStringBuilder builder)
    {
        var scheme = url[..url.IndexOf("://", StringComparison.Ordinal)].ToLowerInvariant();
        if (scheme is not ("postgres" or "postgresql"))
            throw Malformed("must begin with postgres:// or postgresql://");

        var rest = url[(scheme.Length + 3)..];
        var (beforeQuery, query) = Cut(rest, rest.IndexOf('?'));
        var (authority, database) = Cut(beforeQuery, beforeQuery.IndexOf('/'));
        var at = authority.LastIndexOf('@');
        // An @ after the first / belongs to the password: the host would be a part of it.
        if (database.Contains('@') || (at < 0 && query.Contains('@')))
            throw Malformed("has a user or password with characters that must be percent-encoded: one of / ? # [ ] @ :");

        if (at >= 0)
        {
            var (user, password) = Cut(authority[..at], authority[..at].IndexOf(':'));
            builder.Username = Uri.UnescapeDataString(user);
            if (password.Length > 0)
                builder.Password = Uri.UnescapeDataString(password);
        }

        ReadHost(authority[(at + 1)..], builder);
        if (database.Length > 0)
            builder.Database = Uri.UnescapeDataString(database);
        foreach (var option in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
            ReadOption(option, builder);
    }

    private static void ReadHost(string authority, NpgsqlConnectionStringBuilder builder)
    {
        var colon = authority.LastIndexOf(':');
        if (colon > authority.LastIndexOf(']'))
        {
            if (!ushort.TryParse(authority[(colon + 1)..], out var port) || port == 0)
                throw Malformed("has a port that is no number from 1 to 65535");
            builder.Port = port;
            authority = authority[..colon];
        }

        var host = authority.StartsWith('[') && authority.EndsWith(']') ? authority[1..^1] : authority;
        if (host.Length > 0 && Uri.CheckHostName(host) == UriHostNameType.Unknown)
            throw Malformed("has a host that is neither a name nor an address");
        builder.Host = host;
    }

    private static void ReadOption(string option, NpgsqlConnectionStringBuilder builder)
    {
        var (name, value) = Cut(option, option.IndexOf('='));
        name = Uri.UnescapeDataString(name);
        value = Uri.UnescapeDataString(value);
        if (Ignored.Contains(name))
            return;
        var keyword = Keywords.GetValueOrDefault(name, name);
        // libpq's word for the authorities that the machine trusts, which are asked where no certificate is named.
        if (keyword == "Root Certificate" && value == "system")
        {
            if (!builder.ShouldSerialize("SSL Mode"))
                builder.SslMode = SslMode.VerifyFull;
            return;
        }
        try
        {
            builder[keyword] = keyword == "SSL Mode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }
        catch (Exception error) when (error is ArgumentException or FormatException or OverflowException or InvalidCastException)
        {
            throw Malformed("has an option after ? that is not known, or whose value is wrong");
        }
    }

    private static (string Before, string After) Cut(string text, int index) =>
        index < 0 ? (text, "") : (text[..index], text[(index + 1)..]);

    private static FormatException Malformed(string what) => new($"{DatabaseConnection.Setting} {what}");
}
