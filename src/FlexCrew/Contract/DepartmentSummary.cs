using System.Text.Json.Serialization;

namespace FlexCrew.Contract;

/// <summary>
/// What a sync did for one department, as the caller sees it. The keys are those of the edge function that this
/// replaces, plus <c>coalesced</c>, <c>diagnostics</c>, <c>flex_line_item_id</c>, <c>plan</c> and <c>duration_ms</c>.
/// Keys that are null are left out.
/// </summary>
public sealed record DepartmentSummary
{
    /// <summary>Technicians whose contact was added to Flex, or adopted, and mapped.</summary>
    [JsonPropertyName("added")] public int? Added { get; init; }

    /// <summary>What was really removed, each thing once: contacts deleted from Flex, and rows that had no contact any more.</summary>
    [JsonPropertyName("removed")] public int? Removed { get; init; }

    /// <summary>Technicians who were right already.</summary>
    [JsonPropertyName("kept")] public int? Kept { get; init; }

    /// <summary>Business roles set.</summary>
    [JsonPropertyName("rolesSet")] public int? RolesSet { get; init; }

    /// <summary>Technicians whose add failed.</summary>
    [JsonPropertyName("failedAdds")] public int? FailedAdds { get; init; }

    /// <summary>Technicians who should be on the crew call.</summary>
    [JsonPropertyName("desired_count")] public int? DesiredCount { get; init; }

    /// <summary>Rows of the table when the difference was computed.</summary>
    [JsonPropertyName("current_count")] public int? CurrentCount { get; init; }

    /// <summary>Contacts that Flex listed.</summary>
    [JsonPropertyName("scanned_items")] public int? ScannedItems { get; init; }

    /// <summary>Contacts that were to be deleted from Flex.</summary>
    [JsonPropertyName("planned_delete_count")] public int? PlannedDeleteCount { get; init; }

    /// <summary>Why a business role could not be set.</summary>
    [JsonPropertyName("business_role_diagnostics")] public IReadOnlyList<string>? BusinessRoleDiagnostics { get; init; }

    /// <summary>What failed, in sentences for the user; left out when nothing did.</summary>
    [JsonPropertyName("errors")] public IReadOnlyList<string>? Errors { get; init; }

    /// <summary>Instead of counts: why nothing was done.</summary>
    [JsonPropertyName("note")] public string? Note { get; init; }

    /// <summary>True when another run, granted after this request was made, answered it.</summary>
    [JsonPropertyName("coalesced")] public bool? Coalesced { get; init; }

    /// <summary>Things worth knowing that are no errors, such as technicians without a resource id.</summary>
    [JsonPropertyName("diagnostics")] public IReadOnlyList<string>? Diagnostics { get; init; }

    /// <summary>With a command that places a person: the line item of their contact.</summary>
    [JsonPropertyName("flex_line_item_id")] public string? FlexLineItemId { get; init; }

    /// <summary>With <c>dry_run</c>: what a sync would do.</summary>
    [JsonPropertyName("plan")] public SyncPlan? Plan { get; init; }

    /// <summary>Milliseconds from the start of the department's run to its end, waiting for the lease included.</summary>
    [JsonPropertyName("duration_ms")] public long? DurationMs { get; init; }
}

/// <summary>What a sync would do: the answer to <c>dry_run</c>.</summary>
/// <param name="Adds">Contacts that would be added or adopted.</param>
/// <param name="Removals">Contacts and rows that would go.</param>
/// <param name="Roles">Business roles that would be set.</param>
public sealed record SyncPlan(
    [property: JsonPropertyName("adds")] IReadOnlyList<PlannedAdd> Adds,
    [property: JsonPropertyName("removals")] IReadOnlyList<PlannedRemoval> Removals,
    [property: JsonPropertyName("roles")] IReadOnlyList<PlannedRole> Roles);

/// <summary>A contact that would be added.</summary>
public sealed record PlannedAdd(
    [property: JsonPropertyName("technician_id")] Guid TechnicianId,
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("flex_resource_id")] string ResourceId,
    [property: JsonPropertyName("adopts_line_item_id")] string? AdoptsLineItemId);

/// <summary>A contact or row that would go.</summary>
public sealed record PlannedRemoval(
    [property: JsonPropertyName("line_item_id")] string? LineItemId,
    [property: JsonPropertyName("flex_resource_id")] string? ResourceId,
    [property: JsonPropertyName("technician_id")] Guid? TechnicianId,
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("reason")] string Reason);

/// <summary>A business role that would be set.</summary>
public sealed record PlannedRole(
    [property: JsonPropertyName("technician_id")] Guid TechnicianId,
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("tier")] string Tier,
    [property: JsonPropertyName("role_id")] string RoleId);
