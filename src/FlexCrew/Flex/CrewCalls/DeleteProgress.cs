namespace FlexCrew.Flex.CrewCalls;

/// <summary>Which line items of a delete are gone, which are left, and which failed.</summary>
internal sealed class DeleteProgress(IEnumerable<string> lineItemIds)
{
    private readonly List<string> left = [.. lineItemIds.Distinct(FlexIds.Comparer)];
    private readonly List<string> deleted = [];
    private readonly Dictionary<string, Failure> failed = new(FlexIds.Comparer);
    private readonly List<string> spared = [];

    /// <summary>Those whose fate is open.</summary>
    public IReadOnlyList<string> Left => [.. left];

    /// <summary>Flex does not have them any more.</summary>
    public void Gone(IReadOnlyCollection<string> ids)
    {
        deleted.AddRange(ids);
        left.RemoveAll(id => ids.Contains(id, FlexIds.Comparer));
    }

    /// <summary>They are not to be deleted any more.</summary>
    public void Spare(IReadOnlyCollection<string> ids)
    {
        spared.AddRange(left.Where(id => ids.Contains(id, FlexIds.Comparer)));
        left.RemoveAll(id => ids.Contains(id, FlexIds.Comparer));
    }

    /// <summary>Flex may still have it.</summary>
    public void Fail(string id, Failure failure)
    {
        failed[id] = failure;
        left.Remove(id);
    }

    /// <summary>All that are left failed, for one reason.</summary>
    public void FailAll(Failure failure)
    {
        foreach (var id in Left)
            Fail(id, failure);
    }

    public DeleteContactsOutcome Outcome() => new(deleted, failed, spared);
}
