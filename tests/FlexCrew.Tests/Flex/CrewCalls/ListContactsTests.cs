using FlexCrew.Flex;

namespace FlexCrew.Tests.Flex.CrewCalls;

public sealed class ListContactsTests
{
    private static readonly Failure NotFound = new(FailureKind.FlexRejected, "Flex answered HTTP 404", Status: 404);
    private static readonly Failure Unreadable = new(FailureKind.FlexUnreadable, "Flex answered with something that is not understood");
    private static readonly Failure Down = new(FailureKind.FlexUnavailable, "Flex answered HTTP 503", Retryable: true, Status: 503);
    private static readonly Failure Token = new(FailureKind.FlexToken, "The Flex token was refused (login page)");

    [Fact]
    public async Task A_crew_that_is_as_mapped_costs_one_read()
    {
        var flex = new MemoryFlex().With("ana", "bea");
        Assert.Equal(["line-ana", "line-bea"], await LineItemsAsync(flex, "LINE-ANA", "line-bea"));
        Assert.Equal(1, flex.Listings);
    }

    [Fact]
    public async Task A_mapped_line_item_that_a_second_endpoint_shows_is_not_missing()
    {
        var flex = new MemoryFlex().With("ana", "bea");
        flex.Lines[0] = flex.Lines[0] with { BusinessRole = "r" };
        flex.Hidden[FlexListing.RowData] = ["line-bea"];
        var read = await flex.Client().ListContactsAsync("cc", ["line-ana", "line-bea"], flex.Scope, default);
        Assert.Equal([new("line-ana", "ana", "r"), new("line-bea", "bea", null)], read.Value!);
    }

    [Fact]
    public async Task What_only_the_first_endpoint_shows_stays()
    {
        var flex = new MemoryFlex().With("ana", "bea");
        flex.Hidden[FlexListing.RowData] = ["line-bea"];
        flex.Hidden[FlexListing.LineItems] = ["line-ana"];
        Assert.Equal(["line-ana", "line-bea"], await LineItemsAsync(flex, "line-bea"));
    }

    [Fact]
    public async Task A_mapped_line_item_that_no_second_endpoint_shows_is_missing()
    {
        var flex = new MemoryFlex().With("ana");
        Assert.Equal(["line-ana"], await LineItemsAsync(flex, "line-ana", "line-gone"));
        Assert.Equal(2, flex.Listings);
    }

    [Fact]
    public async Task An_empty_crew_is_believed_when_two_endpoints_say_so_or_nobody_is_mapped()
    {
        Assert.Empty(await LineItemsAsync(new MemoryFlex(), "line-gone"));
        Assert.Empty(await LineItemsAsync(new MemoryFlex()));
    }

    [Fact]
    public async Task An_empty_crew_that_nothing_can_confirm_is_not_believed()
    {
        var flex = new MemoryFlex();
        (flex.Broken[FlexListing.LineItems], flex.Broken[FlexListing.Children], flex.Broken[FlexListing.Single]) =
            (NotFound, Unreadable, NotFound);
        var read = await flex.Client().ListContactsAsync("cc", ["a", "b"], flex.Scope, default);
        Assert.Null(read.Value);
        Assert.Equal("Flex listed nobody although the table maps 2; not believed", read.Failure!.Message);
    }

    [Fact]
    public async Task A_crew_that_is_not_empty_is_believed_when_nothing_can_confirm_it()
    {
        var flex = new MemoryFlex().With("ana");
        (flex.Broken[FlexListing.LineItems], flex.Broken[FlexListing.Children], flex.Broken[FlexListing.Single]) =
            (NotFound, Unreadable, NotFound);
        Assert.Equal(["line-ana"], await LineItemsAsync(flex, "line-ana", "line-gone"));
    }

    [Fact]
    public async Task A_confirmation_that_fails_makes_the_read_fail()
    {
        foreach (var failure in new[] { Down, Token })
        {
            var flex = new MemoryFlex().With("ana");
            flex.Broken[FlexListing.LineItems] = failure;
            var read = await flex.Client().ListContactsAsync("cc", ["line-gone"], flex.Scope, default);
            Assert.Null(read.Value);
            Assert.Equal(failure, read.Failure);
        }
    }

    [Fact]
    public async Task An_endpoint_that_is_not_supported_is_passed_over()
    {
        foreach (
            var failure in new[] { NotFound, Unreadable, NotFound with { Status = 405 }, NotFound with { Status = 400 },
                Down with { Status = 501, Retryable = false } })
        {
            var flex = new MemoryFlex().With("ana");
            (flex.Broken[FlexListing.RowData], flex.Broken[FlexListing.LineItems], flex.Broken[FlexListing.Children]) =
                (failure, NotFound, NotFound);
            Assert.Equal(["line-ana"], await LineItemsAsync(flex, "line-ana"));
        }
    }

    [Fact]
    public async Task An_outage_or_a_refused_token_stops_at_once()
    {
        foreach (var failure in new[] { Down, Token })
        {
            var flex = new MemoryFlex().With("ana");
            flex.Broken[FlexListing.RowData] = failure;
            Assert.Equal(failure, (await flex.Client().ListContactsAsync("cc", [], flex.Scope, default)).Failure);
            Assert.Equal(1, flex.Listings);
        }
    }

    [Fact]
    public async Task A_crew_call_that_no_endpoint_knows_is_said_to_be_unknown()
    {
        var flex = new MemoryFlex();
        foreach (var endpoint in Enum.GetValues<FlexListing>())
            flex.Broken[endpoint] = NotFound;
        var failure = (await flex.Client().ListContactsAsync("cc", [], flex.Scope, default)).Failure!;
        Assert.Equal(
            (FailureKind.FlexRejected, 404, "The crew call was not found in Flex"), (failure.Kind, failure.Status, failure.Message));

        flex.Broken[FlexListing.Children] = Unreadable;
        Assert.Equal(Unreadable, (await flex.Client().ListContactsAsync("cc", [], flex.Scope, default)).Failure);
    }

    [Fact]
    public async Task A_line_item_that_is_listed_twice_is_one_contact()
    {
        var flex = new MemoryFlex();
        flex.Lines.AddRange([new("line-1", null, null), new("LINE-1", "ana", "r"), new("line-2", "bea", null)]);
        var read = await flex.Client().ListContactsAsync("cc", [], flex.Scope, default);
        Assert.Equal([new("line-1", "ana", "r"), new("line-2", "bea", null)], read.Value!);
    }

    private static async Task<IEnumerable<string>> LineItemsAsync(MemoryFlex flex, params string[] mapped)
    {
        var read = await flex.Client().ListContactsAsync("cc", mapped, flex.Scope, default);
        Assert.Null(read.Failure);
        return read.Value!.Select(contact => contact.LineItemId);
    }
}
