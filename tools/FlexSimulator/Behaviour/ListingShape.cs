namespace FlexSimulator;

/// <summary>The shape of one listing.</summary>
public sealed record ListingShape
{
    public ListEnvelope Envelope { get; set; } = ListEnvelope.Array;

    public Nesting Nesting { get; set; } = Nesting.Inside;

    public NestedUnder NestedUnder { get; set; } = NestedUnder.Children;

    public LineIdAt LineIdAt { get; set; } = LineIdAt.Id;

    public ResourceIdAt ResourceIdAt { get; set; } = ResourceIdAt.ResourceId;

    public TypeAt TypeAt { get; set; } = TypeAt.ManagedResourceLineItemType;

    public RoleCell RoleCell { get; set; } = RoleCell.Absent;

    public RoleKey RoleKey { get; set; } = RoleKey.Kebab;

    public EmptyRole EmptyRole { get; set; } = EmptyRole.Null;

    /// <summary>The listing comes in pages; null: all at once. A bare array cannot say so and becomes <c>{ content: […] }</c>.</summary>
    public Paging? Paging { get; set; }

    /// <summary>
    /// Rows carry what those of equipment documents carry, whatever their line is: <c>barcode, serial, isUnit, isNote,
    /// isVirtual, group, deleted</c>, with nothing under the names that do not apply.
    /// </summary>
    public bool DocumentKeys { get; set; }

    /// <summary>Rows name the class of their resource, as <c>resourceClassName</c>.</summary>
    public bool ResourceClassName { get; set; }

    /// <summary>Rows hold ids only (<c>id, rootLineId, leaf, container</c>), whatever else is chosen here.</summary>
    public bool IdsOnly { get; set; }
}
