using FlexCrew.Database;

namespace FlexCrew.Planning;

/// <summary>
/// Everything that a sync of a crew call is to do. A run carries it out, a dry run prints it; nothing else decides. Ids only: a plan is
/// kept in the history of orchestrations.
/// </summary>
public sealed record CrewPlan
{
    /// <summary>Contacts that go, with the rows that map them.</summary>
    public IReadOnlyList<ContactDeletion> Deletions { get; init; } = [];

    /// <summary>Rows whose line item Flex does not have any more, and second rows of a technician.</summary>
    public IReadOnlyList<RowDeletion> StaleRows { get; init; } = [];

    /// <summary>Contacts to add, or to adopt where Flex has them.</summary>
    public IReadOnlyList<ContactAddition> Additions { get; init; } = [];

    /// <summary>Contacts of technicians who stay, and who have no business role.</summary>
    public IReadOnlyList<RoleAssignment> Roles { get; init; } = [];

    /// <summary>Rows of technicians whom nobody desires and whose contact stays.</summary>
    public IReadOnlyList<RowDeletion> LeftoverRows { get; init; } = [];

    /// <summary>Contacts of technicians whose resource id changed: each goes once the new contact of its technicians is there.</summary>
    public IReadOnlyList<ContactDeletion> Replaced { get; init; } = [];

    /// <summary>Technicians who are right already.</summary>
    public int Kept { get; init; }

    /// <summary>Technicians who should be on the crew call.</summary>
    public int Desired { get; init; }

    /// <summary>Rows of the table.</summary>
    public int Rows { get; init; }

    /// <summary>Contacts that Flex listed.</summary>
    public int Listed { get; init; }

    /// <summary>What an operator should know and that is no error.</summary>
    public IReadOnlyList<string> Diagnostics { get; init; } = [];

    /// <summary>With a command that places a person: the line item that the table maps them to, where that is right already.</summary>
    public string? LineItemId { get; init; }

    /// <summary>Makes the plan. Pure.</summary>
    internal static CrewPlan Of(CrewWorld world, IElementOwnership ownership, PlanOptions options) => options.Person is { } command
        ? new PersonPlanner(world, ownership, command).Make(options.PruneOrphans)
        : new CrewPlanner(world, ownership, options).Make();
}

/// <summary>What the request says about how to sync.</summary>
/// <param name="PruneOrphans">
/// Whether contacts are deleted that FlexCrew did not place; with a command, whether second contacts of its person are.
/// </param>
/// <param name="Person">The command; null for a sync.</param>
public sealed record PlanOptions(bool PruneOrphans, PersonCommand? Person = null);

/// <summary>A contact that goes.</summary>
/// <param name="LineItemId">Its line item.</param>
/// <param name="ResourceId">Its resource; null when the listing does not tell it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Rows">The rows of this crew call that map it.</param>
public sealed record ContactDeletion(string LineItemId, string? ResourceId, DeletionReason Reason, IReadOnlyList<CrewRow> Rows);

/// <summary>Why a contact goes.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<DeletionReason>))]
public enum DeletionReason
{
    /// <summary>Nobody who is assigned has its resource.</summary>
    NotDesired,

    /// <summary>Another contact of the same resource stays.</summary>
    Duplicate,

    /// <summary>The resource id of its technicians changed.</summary>
    Replaced,

    /// <summary>The resource id of its technicians changed, and another contact of the old resource stays.</summary>
    ReplacedDuplicate,

    /// <summary>A command takes its technician off, assigned or not.</summary>
    TakenOff,
}

/// <summary>A row that goes.</summary>
/// <param name="Row">The row as it was read.</param>
/// <param name="Leaves">Whether its technician leaves the crew call; else another row or contact takes its place.</param>
/// <param name="IsTakenOff">Whether a command takes its technician off, assigned or not.</param>
public sealed record RowDeletion(CrewRow Row, bool Leaves, bool IsTakenOff = false);

/// <summary>A contact to add, or to adopt where Flex has it already.</summary>
/// <param name="ResourceId">Its resource.</param>
/// <param name="Technicians">Those who are to be mapped to it.</param>
/// <param name="Existing">The contact that Flex has already; null when it is to be added.</param>
/// <param name="Role">The business role that it should have; null when it cannot be told.</param>
/// <param name="RoleDiagnostic">Why it cannot be told; null when it can.</param>
public sealed record ContactAddition(
    string ResourceId, IReadOnlyList<MappedTechnician> Technicians, ExistingContact? Existing, RoleAssignment? Role,
    string? RoleDiagnostic);

/// <summary>A technician and what the table maps them to.</summary>
/// <param name="TechnicianId">The technician.</param>
/// <param name="LineItemId">The line item that the table maps; null when none.</param>
public sealed record MappedTechnician(Guid TechnicianId, string? LineItemId);

/// <summary>A contact that Flex has.</summary>
/// <param name="LineItemId">Its line item.</param>
/// <param name="BusinessRole">Its business role: null when the listing does not tell, empty when it has none.</param>
/// <param name="IsPlaced">Whether FlexCrew added it, as far as the tables tell.</param>
public sealed record ExistingContact(string LineItemId, string? BusinessRole, bool IsPlaced = false);

/// <summary>A business role that a contact should have.</summary>
/// <param name="LineItemId">The contact's line item; null while the contact is not there.</param>
/// <param name="TechnicianId">The technician whose tier decides.</param>
/// <param name="Tier">The name of the tier.</param>
/// <param name="RoleId">The dictionary id in Flex.</param>
public sealed record RoleAssignment(string? LineItemId, Guid TechnicianId, string Tier, string RoleId);
