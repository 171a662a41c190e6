namespace FlexCrew;

/// <summary>
/// Tuning of a sync. Bound from the configuration section <c>FlexCrew</c>
/// (environment variables <c>FlexCrew__…</c>); every value has a default that suits production.
/// </summary>
public sealed class FlexCrewOptions
{
    /// <summary>The name of the configuration section.</summary>
    public const string Section = "FlexCrew";

    /// <summary>
    /// Requests to Flex that may ever be under way at once, across the whole process. The process starts with eight, or with
    /// this if it is less, and adapts to what Flex takes. Default 16.
    /// </summary>
    public int MaxConcurrentFlexRequests { get; set; } = 16;

    /// <summary>Requests that Flex grants a customer per hour, for everything that the customer runs. Default 2,000.</summary>
    public int FlexHourlyBudget { get; set; } = 2_000;

    /// <summary>Requests that Flex grants a customer per day, for everything that the customer runs. Default 10,000.</summary>
    public int FlexDailyBudget { get; set; } = 10_000;

    /// <summary>Percentage of a budget from which on work that nobody waits for stands back. Default 70.</summary>
    public int FlexBudgetPercent { get; set; } = 70;

    /// <summary>Time for one HTTP attempt at Flex, body included. Default 15 s.</summary>
    public TimeSpan FlexAttemptTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Time for one call at Flex with all its attempts and waits. Default 60 s.</summary>
    public TimeSpan FlexTotalTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Attempts of a call that is safe to repeat, the first included. Default 3.</summary>
    public int FlexMaxAttempts { get; set; } = 3;

    /// <summary>Wait before the second attempt; it doubles, with jitter. <c>Retry-After</c> has precedence. Default 1 s.</summary>
    public TimeSpan FlexRetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the circuit breaker stays open during an outage of Flex. Default 10 s.</summary>
    public TimeSpan FlexBreakDuration { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Largest answer of Flex that is read, in bytes. Default 16 MiB.</summary>
    public int FlexMaxResponseBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// Waits before each listing that looks for a write whose outcome is unknown. Default 0.5 s, 1 s, 2 s.
    /// </summary>
    public IList<TimeSpan> UnknownOutcomeDelays { get; set; } = [];

    /// <summary>How long the endpoint waits for the result before it answers 202. Default 100 s.</summary>
    public TimeSpan WaitForResult { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// The URL under which callers reach the host, without <c>/functions/v1</c>; links in answers begin with it.
    /// Needed behind a proxy that changes scheme, host or path. Default: what the request itself was sent to.
    /// </summary>
    public Uri? PublicBaseUrl { get; set; }

    /// <summary>
    /// Longest time that a dead holder blocks its crew call. Its lease is taken over, and its fence claimed, once it has been
    /// dead for half of this, so that a write it may have left under way is over: at least 2.5 times <see cref="FlexAttemptTimeout"/>.
    /// Default 60 s.
    /// </summary>
    public TimeSpan LeaseTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>A run starts no further step after this time. Default 10 min.</summary>
    public TimeSpan RunDeadline { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Waits between the tries of a step that failed in a way worth another try. Default 5 s, 15 s.</summary>
    public IList<TimeSpan> StepRetryDelays { get; set; } = [];

    /// <summary>
    /// Waits before the retries of a run that ended partial or failed; after the last of them it is given up.
    /// Default 1, 5, 15 and 60 min.
    /// </summary>
    public IList<TimeSpan> RetrySchedule { get; set; } = [];

    /// <summary>How often the retry queue is looked at. Default 15 s in LocalHost; the Functions timer has its own schedule.</summary>
    public TimeSpan RetryPollInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Rows of <c>flex_sync_log</c> older than this are deleted once a day. Default 400 days, which is a year with some weeks to
    /// look back.
    /// </summary>
    public TimeSpan LogRetention { get; set; } = TimeSpan.FromDays(400);

    /// <summary>
    /// Asks Supabase's <c>/auth/v1/user</c> about each token, so that signed-out sessions are refused within 30 s. Default off.
    /// </summary>
    public bool CheckSessions { get; set; }

    /// <summary>
    /// The SHA-256, in hexadecimal digits, of a key with which a service that is no user may place people (<c>add</c>) by
    /// <c>manage-flex-crew-assignments</c>. Default none: then no service may.
    /// </summary>
    public string? ServiceKeySha256 { get; set; }

    /// <summary>Whether the Functions app serves the console at <c>/functions/v1/console</c>; LocalHost always does. Default off.</summary>
    public bool Console { get; set; }

    /// <summary>The drift check: <c>FlexCrew__Drift__…</c>. Default off.</summary>
    public Drift.DriftOptions Drift { get; set; } = new();

    /// <summary>
    /// Flex dictionary ids of business roles: department → tier (<c>responsable</c>, <c>especialista</c>,
    /// <c>tecnico</c>) → id. The ids of <c>sound</c> are built in; an entry here adds or replaces.
    /// </summary>
    public IDictionary<string, Dictionary<string, string>> BusinessRoles { get; set; } =
        new Dictionary<string, Dictionary<string, string>>(StringComparer.OrdinalIgnoreCase);
}
