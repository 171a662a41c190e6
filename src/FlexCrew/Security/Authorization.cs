namespace FlexCrew.Security;

/// <summary>Who asks.</summary>
/// <param name="UserId">The user's id, that of the profile too.</param>
/// <param name="Role">The profile's role, lower case.</param>
public sealed record Caller(Guid UserId, string Role)
{
    /// <summary>The role that may do everything.</summary>
    public const string Admin = "admin";

    /// <summary>The role that may sync crews.</summary>
    public const string Management = "management";

    /// <summary>What stands in place of a role for the configured service, which is no user.</summary>
    public static Caller Service { get; } = new(Guid.Empty, "service");
}

/// <summary>What a route asks of its caller.</summary>
public enum RequiredRole
{
    /// <summary>Admin or management.</summary>
    Management,

    /// <summary>Admin or management, or the configured service.</summary>
    ManagementOrService,

    /// <summary>Admin only.</summary>
    Admin,
}

/// <summary>Whether a caller may go on.</summary>
public abstract record Authorization
{
    private Authorization() { }

    /// <summary>The caller may.</summary>
    public sealed record Granted(Caller Caller) : Authorization;

    /// <summary>The caller may not.</summary>
    /// <param name="Status">The HTTP status of the answer.</param>
    /// <param name="Error">A sentence that may be shown.</param>
    public sealed record Denied(int Status, string Error) : Authorization;
}
