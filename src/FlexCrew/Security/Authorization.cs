namespace FlexCrew.Security;

/// <summary>Who asks.</summary>
/// <param name="UserId">The user's id, which is also the id of their profile.</param>
/// <param name="Role">The profile's role, lower case.</param>
public sealed record Caller(Guid UserId, string Role)
{
    /// <summary>The role that may do everything.</summary>
    public const string Admin = "admin";

    /// <summary>The role that may do all but release leases and see the runs of others.</summary>
    public const string Management = "management";

    /// <summary>
    /// The program that has the key of <see cref="FlexCrewOptions.ServiceKeySha256"/>. It is no user, and may place people, nothing
    /// else.
    /// </summary>
    public static Caller Service { get; } = new(Guid.Empty, "service");
}

/// <summary>What a route asks of its caller.</summary>
public enum RequiredRole
{
    /// <summary>Admin or management.</summary>
    Management,

    /// <summary>Admin or management, or <see cref="Caller.Service"/>.</summary>
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
