namespace FlexCrew.Flex.Reading;

/// <summary>One answer to a listing, which may be all of it or one page of several.</summary>
/// <param name="Contacts">The contacts, in the order of the listing, depth first.</param>
/// <param name="TopRows">The rows that are not nested in others: their line items, null for a row that has none.</param>
/// <param name="AllRows">How many rows there are, those included that are nested in others.</param>
/// <param name="NestedPart">Whether a row says that it does not show all the rows that belong under it.</param>
/// <param name="Marks">What the answer says about being one page of several.</param>
internal sealed record ListingPage(
    IReadOnlyList<FlexContact> Contacts, IReadOnlyList<string?> TopRows, int AllRows, bool NestedPart, PageMarks Marks);

/// <summary>The page to ask for next, in the words of Spring.</summary>
/// <param name="Page">Which one, counted from 0.</param>
/// <param name="Size">How many rows a full page holds.</param>
internal sealed record NextPage(long Page, long Size);
