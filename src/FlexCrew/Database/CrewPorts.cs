namespace FlexCrew.Database;

/// <summary>What the database says of a crew call. Every method throws <see cref="DatabaseException"/> when its query fails.</summary>
public interface ICrewReader
{
    /// <summary>
    /// Claims the fence of the crew call's element, where the query names a holder, and reads the crew call. One round trip.
    /// </summary>
    Task<CrewReading> ReadAsync(CrewQuery query, CancellationToken cancellation);

    /// <summary>
    /// Whether the run holds the fence, and who is assigned and mapped by now: to the crew call, and to the others that are linked to its
    /// element.
    /// </summary>
    /// <param name="fence">What the run proves it with.</param>
    /// <param name="crewCallId">The crew call.</param>
    /// <param name="passes">Whether it lets one attempt to write to Flex pass.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<DesiredReading> DesiredAsync(FenceHold fence, Guid crewCallId, bool passes, CancellationToken cancellation);
}

/// <summary>Asks for a crew call.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Department">The department.</param>
/// <param name="Holder">The run that claims the fence; null where nothing is to be written.</param>
/// <param name="QuietFor">How long that run must be quiet before another may claim its fence.</param>
public sealed record CrewQuery(Guid JobId, string Department, string? Holder = null, TimeSpan QuietFor = default)
{
    /// <summary>A technician whose profile is read even if they are not assigned; null when only assigned ones are read.</summary>
    public Guid? TechnicianId { get; init; }
}

/// <summary>A crew call and everything that the plan of its sync needs of the database.</summary>
public sealed record CrewReading
{
    /// <summary>The crew call; null when none is mapped.</summary>
    public CrewCallRow? Call { get; init; }

    /// <summary>Who holds the fence of its element; null when there is no crew call.</summary>
    public FenceAnswer? Fence { get; init; }

    /// <summary>Younger crew calls of the same department, which are not synced.</summary>
    public IReadOnlyList<CrewCallRow> NotSynced { get; init; } = [];

    /// <summary>The crew calls of other departments or jobs that are linked to the same element.</summary>
    public IReadOnlyList<LinkedCallRow> Linked { get; init; } = [];

    /// <summary>The assignments of the job, and of the jobs of the linked crew calls, whatever their status or department.</summary>
    public IReadOnlyList<AssignmentRow> Assignments { get; init; } = [];

    /// <summary>The rows of the crew call, oldest first.</summary>
    public IReadOnlyList<CrewRow> Rows { get; init; } = [];

    /// <summary>The line items that the linked crew calls map, each once.</summary>
    public IReadOnlyList<string> LinkedLineItemIds { get; init; } = [];

    /// <summary>The person that the query names; null when it names none, or there is no such profile.</summary>
    public PersonRow? Person { get; init; }

    /// <summary>What is remembered of contacts of the element.</summary>
    public IReadOnlyList<KnownContactRow> Contacts { get; init; } = [];

    /// <summary>The resources whose add was begun, here or in a linked crew call, and not seen to end.</summary>
    public IReadOnlyList<string> BegunResourceIds { get; init; } = [];
}

/// <summary>The state of a fence after a claim.</summary>
/// <param name="Holder">Who holds it; null when nobody does.</param>
/// <param name="Token">The fencing token of the holder.</param>
/// <param name="IsNext">Whether the run that asked comes next.</param>
/// <param name="IsAlive">Whether the holder has proven lately that it holds it; else another run may claim it.</param>
public sealed record FenceAnswer(string? Holder, long Token, bool IsNext, bool IsAlive = false);

/// <summary>Who is assigned to the crew calls of an element, and who is mapped to its contacts.</summary>
/// <param name="IsHeld">Whether the run still holds the fence.</param>
/// <param name="CrewCalls">The crew calls.</param>
/// <param name="Assignments">The assignments of their jobs.</param>
/// <param name="Mapped">The rows of the crew calls that map a line item.</param>
public sealed record DesiredReading(
    bool IsHeld, IReadOnlyList<LinkedCallRow> CrewCalls, IReadOnlyList<AssignmentRow> Assignments, IReadOnlyList<MappedRow> Mapped);

/// <summary>What a run proves each write with.</summary>
/// <param name="Element">The element, in lower case.</param>
/// <param name="Token">The fencing token of its claim.</param>
/// <param name="Holder">The run.</param>
public sealed record FenceHold(string Element, long Token, string Holder)
{
    /// <summary>The form in which an element is the key of its fence.</summary>
    public static string KeyOf(string element) => element.Trim().ToLowerInvariant();
}

/// <summary>The fences (<c>flex_crew_fences</c>): one run at a time may write to an element in Flex, whatever other runs believe.</summary>
public interface IFences
{
    /// <summary>Lets one attempt to write to Flex pass; false when the run does not hold the fence.</summary>
    Task<bool> PassAsync(FenceHold hold, CancellationToken cancellation);

    /// <summary>Takes the fence of an element from its holder; null when nobody holds it.</summary>
    Task<FreedFence?> FreeAsync(string element, CancellationToken cancellation);

    /// <summary>Takes the fence from a run; null when it holds none.</summary>
    Task<FreedFence?> FreeHeldByAsync(string holder, CancellationToken cancellation);
}

/// <summary>A fence that was taken from its holder.</summary>
/// <param name="Element">The element.</param>
/// <param name="Holder">The run that held it.</param>
/// <param name="ClaimedAt">When that run claimed it, in UTC.</param>
/// <param name="Token">The token that the run had.</param>
public sealed record FreedFence(string Element, string Holder, DateTime ClaimedAt, long Token);

/// <summary>The table <c>flex_crew_assignments</c>.</summary>
public interface ICrewTable
{
    /// <summary>
    /// Deletes rows of a crew call by id, but only where the line item is still the one that was read: a row that changed meanwhile stays.
    /// Nothing is deleted, and false is the answer, when the run does not hold the fence any more.
    /// </summary>
    Task<bool> DeleteAsync(RowDeletions deletions, CancellationToken cancellation);
}

/// <summary>Rows that are to go.</summary>
/// <param name="Fence">What the run proves the write with.</param>
/// <param name="CrewCallId">The crew call.</param>
/// <param name="Rows">The rows, as they were read.</param>
/// <param name="GoneResourceIds">Resources whose contact was deleted: an add of theirs that was not seen to end has ended.</param>
public sealed record RowDeletions(
    FenceHold Fence, Guid CrewCallId, IReadOnlyCollection<CrewRow> Rows, IReadOnlyCollection<string> GoneResourceIds);

/// <summary>The journal of adds (<c>flex_crew_add_intents</c>): what was begun before Flex was asked.</summary>
public interface IAddJournal
{
    /// <summary>
    /// Writes the intent to add the technicians' contact, or renews it, if the tables still hold what the caller knows of each technician:
    /// the line item that they are mapped to, and when their add was begun. Then it lets one attempt to write to Flex pass. One statement.
    /// </summary>
    Task<BegunAdd> BeginAsync(AddClaim add, CancellationToken cancellation);

    /// <summary>
    /// Maps the technicians to the line item and clears their intents. A technician whom another writer has mapped elsewhere stays as they
    /// are. One statement.
    /// </summary>
    /// <param name="add">The add.</param>
    /// <param name="lineItemId">The contact's line item.</param>
    /// <param name="placed">Whether FlexCrew added the contact, and did not find it there.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<CompletedAdd> CompleteAsync(AddClaim add, string lineItemId, bool placed, CancellationToken cancellation);

    /// <summary>Clears the intents of an add that was certainly not applied.</summary>
    Task AbandonAsync(AddClaim add, CancellationToken cancellation);
}

/// <summary>An add, with what the caller knows.</summary>
/// <param name="Fence">What the run proves the write with.</param>
/// <param name="CrewCallId">The crew call.</param>
/// <param name="ResourceId">The contact's resource id.</param>
/// <param name="Technicians">Those whose contact it is, and what is known of them.</param>
public sealed record AddClaim(FenceHold Fence, Guid CrewCallId, string ResourceId, IReadOnlyList<AddedTechnician> Technicians);

/// <summary>What is known of a technician whose contact is added.</summary>
/// <param name="TechnicianId">The technician.</param>
/// <param name="LineItemId">The line item that the table maps them to; null when none.</param>
/// <param name="StartedAt">When their open add was begun, in UTC; null when none is open.</param>
public sealed record AddedTechnician(Guid TechnicianId, string? LineItemId, DateTime? StartedAt);

/// <summary>What came of <see cref="IAddJournal.BeginAsync"/>.</summary>
/// <param name="IsHeld">Whether the run holds the fence.</param>
/// <param name="IsWritten">Whether the intents were written.</param>
/// <param name="Technicians">What the tables hold now.</param>
/// <param name="Age">How long ago the youngest open add was begun that the caller did not know of.</param>
public sealed record BegunAdd(bool IsHeld, bool IsWritten, IReadOnlyList<AddedTechnician> Technicians, TimeSpan Age);

/// <summary>What came of <see cref="IAddJournal.CompleteAsync"/>.</summary>
/// <param name="IsHeld">Whether the run holds the fence.</param>
/// <param name="MappedElsewhere">Technicians whom another writer has mapped to another line item, which stays.</param>
public sealed record CompletedAdd(bool IsHeld, IReadOnlyList<AddedTechnician> MappedElsewhere);
