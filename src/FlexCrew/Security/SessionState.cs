namespace FlexCrew.Security;

/// <summary>What Supabase says of a session.</summary>
internal enum SessionState
{
    /// <summary>It lives.</summary>
    Alive,

    /// <summary>It was ended, or is another user's.</summary>
    Ended,

    /// <summary>Supabase gave no answer that could be understood.</summary>
    Unknown,
}
