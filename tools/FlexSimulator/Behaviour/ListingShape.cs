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

    /// <summary>Rows hold ids only (<c>id, rootLineId, leaf, container</c>), whatever else is chosen here.</summary>
    public bool IdsOnly { get; set; }
}
