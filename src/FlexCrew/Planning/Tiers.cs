namespace FlexCrew.Planning;

/// <summary>The tier of a role; a higher value is a higher tier.</summary>
public enum Tier
{
    /// <summary><c>-T</c></summary>
    Tecnico = 1,

    /// <summary><c>-E</c></summary>
    Especialista = 2,

    /// <summary><c>-R</c></summary>
    Responsable = 3,
}

/// <summary>Reads tiers from role codes and names them.</summary>
public static class Tiers
{
    /// <summary>
    /// The tier by the suffix of a role code (<c>SND-RF-E</c> is especialista, although it contains <c>-R</c>);
    /// null when it has none. Case and surrounding blanks do not matter.
    /// </summary>
    public static Tier? OfRoleCode(string? code)
    {
        var trimmed = code.AsSpan().Trim();
        if (trimmed.EndsWith("-R", StringComparison.OrdinalIgnoreCase)) return Tier.Responsable;
        if (trimmed.EndsWith("-E", StringComparison.OrdinalIgnoreCase)) return Tier.Especialista;
        if (trimmed.EndsWith("-T", StringComparison.OrdinalIgnoreCase)) return Tier.Tecnico;
        return null;
    }

    /// <summary>The name that configuration and diagnostics use.</summary>
    public static string Name(this Tier tier) => tier switch
    {
        Tier.Responsable => "responsable",
        Tier.Especialista => "especialista",
        _ => "tecnico",
    };
}
