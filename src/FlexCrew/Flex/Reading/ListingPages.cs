namespace FlexCrew.Flex.Reading;

/// <summary>
/// Puts the pages of one listing together until it is whole, or shows that it cannot be believed. A part that were taken
/// for the whole would have everybody who is not on it added a second time. So a listing that says that there is more is
/// followed where it pages as Spring does, and is a failure in every other case.
/// </summary>
internal sealed class ListingPages
{
    /// <summary>A crew call has a hundred rows, not thousands: whoever tells of more pages is not followed.</summary>
    private const int MostPages = 100;

    private readonly List<FlexContact> contacts = [];
    private readonly HashSet<string> lineItems = new(FlexIds.Comparer);
    private int pages;
    private long topRows;
    private long allRows;
    private long? total;

    /// <summary>The page to ask for; null for the first one, which is asked for as a listing that does not page.</summary>
    public NextPage? Next { get; private set; }

    /// <summary>Takes the answer: the whole listing, or why it is not believed; null when <see cref="Next"/> is to be asked for.</summary>
    public FlexRead<IReadOnlyList<FlexContact>>? Take(ListingPage page)
    {
        if (Misfit(page) is { } misfit)
            return Failed(misfit);
        contacts.AddRange(page.Contacts);
        lineItems.UnionWith(page.TopRows.OfType<string>());
        pages++;
        topRows += page.TopRows.Count;
        allRows += page.AllRows;
        total = page.Marks.Total ?? total;

        // A total may count the nested rows of a single answer. Spring's pages count the rows at the top.
        var lacksRows = total > (pages > 1 ? topRows : allRows);
        if (page.Marks.GoesOn ?? lacksRows)
            return Follow(page);
        return lacksRows ? Failed(Part("and no further page")) : FlexRead<IReadOnlyList<FlexContact>>.Of(contacts);
    }

    private FlexRead<IReadOnlyList<FlexContact>>? Follow(ListingPage page)
    {
        if (page.Marks is not { Number: { } number, Size: > 0 and { } size })
            return Failed(Part("and not how to ask for the others"));
        if (number + 1 >= MostPages || page.Marks.Pages > MostPages)
            return Failed(ReplyFailures.Unreadable($"Flex lists the crew call in more than {MostPages} pages, which are not followed"));
        Next = new(number + 1, size);
        return null;
    }

    // Why the answer cannot be the page that was asked for, next to the pages before it.
    private Failure? Misfit(ListingPage page)
    {
        var marks = page.Marks;
        if (page.NestedPart)
            return ReplyFailures.Unreadable("Flex listed only a part of the rows that belong under another row");
        if (marks.OnThisPage > page.AllRows)
            return ReplyFailures.Unreadable($"Flex listed {page.AllRows} rows on a page that it says holds {marks.OnThisPage}");
        if (Next is null)
            return marks.Number > 0 ? ReplyFailures.Unreadable("Flex listed a later page where it was asked for the whole") : null;
        if (marks.Number != Next.Page || marks.Size != Next.Size)
            return ReplyFailures.Unreadable("Flex listed another page than the one it was asked for");
        if (page.TopRows.Count == 0 && marks.GoesOn == true)
            return ReplyFailures.Unreadable("Flex listed an empty page in front of the last one");
        return (marks.Total is { } now && now != total) || page.TopRows.OfType<string>().Any(lineItems.Contains)
            ? ReplyFailures.Unreadable("The rows of the crew call changed while Flex listed them page by page", retryable: true)
            : null;
    }

    private Failure Part(string what) => ReplyFailures.Unreadable(
        total is null ? $"Flex listed only a part of its rows, {what}" : $"Flex listed only {allRows} of {total} rows, {what}");

    private static FlexRead<IReadOnlyList<FlexContact>> Failed(Failure failure) => FlexRead<IReadOnlyList<FlexContact>>.Failed(failure);
}
