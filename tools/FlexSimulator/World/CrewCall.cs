namespace FlexSimulator;

/// <summary>A crew call: lines in order, some of them nested. Every member is safe to call from any thread.</summary>
public sealed class CrewCall
{
    private readonly FlexWorld world;
    private readonly List<FlexLine> lines = [];

    internal CrewCall(FlexWorld world, string id, string name) => (this.world, Id, Name) = (world, id, name);

    /// <summary>The Flex element id.</summary>
    public string Id { get; }

    public string Name { get; }

    /// <summary>All lines in order, nested ones too.</summary>
    public IReadOnlyList<FlexLine> Lines
    {
        get { lock (world.Gate) return [.. lines]; }
    }

    /// <summary>The contact lines in order, nested ones too.</summary>
    public IReadOnlyList<FlexLine> Contacts => [.. Lines.Where(line => line.IsContact)];

    /// <summary>The resource ids of the contacts, in order; one that is there twice is listed twice.</summary>
    public IReadOnlyList<string> ResourceIds => [.. Contacts.Select(line => line.ResourceId ?? "")];

    /// <summary>Adds a contact by hand, as somebody would in the Flex UI.</summary>
    public FlexLine AddContact(string resourceId, string? businessRole = null, string? parentId = null, string? id = null,
        string? name = null) =>
        world.Add(this, new FlexLine(id ?? world.NewId(), Id, LineTypes.Contact, resourceId, businessRole, parentId,
            name ?? NameOf(resourceId)));

    /// <summary>Adds a note by hand.</summary>
    public FlexLine AddNote(string text, string? parentId = null) =>
        world.Add(this, new FlexLine(world.NewId(), Id, LineTypes.Note, ParentId: parentId, Name: text));

    /// <summary>Adds a header by hand; lines can be nested under it.</summary>
    public FlexLine AddHeader(string text, string? parentId = null) =>
        world.Add(this, new FlexLine(world.NewId(), Id, LineTypes.Header, ParentId: parentId, Name: text));

    /// <summary>Adds any line by hand.</summary>
    /// <param name="line">Its crew call is set to this one; an empty id is replaced by a new one.</param>
    /// <param name="beforeId">The line in front of which it is put; null for the end.</param>
    public FlexLine Add(FlexLine line, string? beforeId = null) =>
        world.Add(this, line with { CrewCallId = Id, Id = line.Id.Length == 0 ? world.NewId() : line.Id }, beforeId);

    /// <summary>Removes every line, by hand.</summary>
    public void Clear()
    {
        foreach (var line in Lines)
            world.RemoveLine(line.Id);
    }

    internal List<FlexLine> Raw => lines;

    internal static string NameOf(string resourceId) => $"Contact {resourceId[..Math.Min(8, resourceId.Length)]}";
}
