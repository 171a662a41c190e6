namespace FlexSimulator;

/// <summary>Where the answer to add-resource holds the id of the new line.</summary>
public enum AddAnswer
{
    /// <summary><c>{ addedResourceLineIds: [id], affectedRootLineIds, addedNoteLineId, nonRootClonedLineIds }</c></summary>
    AddedResourceLineIds,

    /// <summary><c>{ id }</c></summary>
    Id,

    /// <summary><c>{ lineItemId }</c></summary>
    LineItemId,

    /// <summary><c>{ data: { id } }</c></summary>
    DataId,

    /// <summary><c>{ data: { lineItemId } }</c></summary>
    DataLineItemId,

    /// <summary>The id as a bare JSON string.</summary>
    BareString,

    /// <summary>200 <c>{}</c>: the line is there, its id is not told.</summary>
    EmptyObject,

    /// <summary>200 with a body that is not JSON.</summary>
    NotJson,

    /// <summary>200 without a body.</summary>
    EmptyBody,

    /// <summary>202 <c>{}</c></summary>
    Accepted,
}

/// <summary>What is wrapped around the rows of a listing.</summary>
public enum ListEnvelope
{
    /// <summary><c>[…]</c></summary>
    Array,

    /// <summary><c>{ data: { items: […] } }</c></summary>
    DataItems,

    /// <summary><c>{ items: […] }</c></summary>
    Items,

    /// <summary><c>{ results: […] }</c></summary>
    Results,

    /// <summary><c>{ children: […] }</c></summary>
    Children,

    /// <summary><c>{ lineItems: […] }</c></summary>
    LineItems,

    /// <summary><c>{ data: { children: […] } }</c></summary>
    DataChildren,

    /// <summary><c>{ content: […] }</c></summary>
    Content,

    /// <summary><c>{ data: […] }</c></summary>
    Data,

    /// <summary><c>{ data: { content: […] } }</c></summary>
    DataContent,
}

/// <summary>How lines that are nested under others are listed.</summary>
public enum Nesting
{
    /// <summary>Inside the row of their parent.</summary>
    Inside,

    /// <summary>All in one list, in order.</summary>
    Flat,

    /// <summary>Not at all: they must be asked for by their parent (row-data <c>node={line}</c>, or its children).</summary>
    OnRequest,
}

/// <summary>The key of the rows inside a row.</summary>
public enum NestedUnder
{
    Children,
    Items,
    Content,

    /// <summary><c>{ data: […] }</c></summary>
    Data,

    /// <summary><c>{ data: { children: […] } }</c></summary>
    DataChildren,
}

/// <summary>Where a row holds the id of its line.</summary>
public enum LineIdAt
{
    Id,
    LineItemId,

    /// <summary><c>{ lineItem: { id } }</c></summary>
    LineItemDotId,
    Absent,
}

/// <summary>Where a row holds the resource id.</summary>
public enum ResourceIdAt
{
    ResourceId,

    /// <summary><c>{ resource: { id } }</c></summary>
    ResourceDotId,

    /// <summary><c>{ resource: { resourceId } }</c></summary>
    ResourceDotResourceId,
    Absent,
}

/// <summary>Where a row holds the type of its line.</summary>
public enum TypeAt
{
    ManagedResourceLineItemType,
    Type,
    Absent,
}

/// <summary>What the business-role cell of a row is.</summary>
public enum RoleCell
{
    /// <summary>The id itself.</summary>
    Text,

    /// <summary><c>{ fieldType, data, fieldRestrictions }</c></summary>
    Data,

    /// <summary><c>{ name }</c></summary>
    Name,

    /// <summary><c>{ preferredDisplayString }</c></summary>
    PreferredDisplayString,

    /// <summary><c>{ displayString }</c></summary>
    DisplayString,

    /// <summary><c>{ id }</c></summary>
    Id,

    /// <summary>The row has no such cell.</summary>
    Absent,
}

/// <summary>The key of the business-role cell.</summary>
public enum RoleKey
{
    /// <summary><c>business-role</c></summary>
    Kebab,

    /// <summary><c>businessRole</c></summary>
    Camel,
}

/// <summary>The cell of a line without a business role.</summary>
public enum EmptyRole
{
    /// <summary><c>null</c></summary>
    Null,

    /// <summary><c>""</c></summary>
    EmptyText,

    /// <summary>A cell object whose value is null.</summary>
    EmptyCell,

    /// <summary>No cell.</summary>
    Missing,
}
