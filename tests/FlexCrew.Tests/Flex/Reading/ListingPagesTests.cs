using System.Text;
using FlexCrew.Flex;
using FlexCrew.Flex.Reading;

namespace FlexCrew.Tests.Flex.Reading;

/// <summary>A listing is read to its end, or it is a failure: a part is never taken for the whole.</summary>
public sealed class ListingPagesTests
{
    [Theory]
    [InlineData("""{"content":[ANA],"last":false}""")]
    [InlineData("""{"content":[ANA],"last":"false"}""")]
    [InlineData("""{"content":[ANA],"totalElements":3}""")]
    [InlineData("""{"content":[ANA],"totalElements":"3"}""")]
    [InlineData("""{"content":[ANA],"totalElements":3,"last":true,"number":0,"size":20}""")]
    [InlineData("""{"content":[ANA],"totalPages":2}""")]
    [InlineData("""{"content":[ANA],"totalPages":2,"number":0}""")]
    [InlineData("""{"content":[ANA],"last":false,"number":0,"size":0}""")]
    [InlineData("""{"content":[ANA],"last":true,"number":2,"size":1,"totalElements":3}""")]
    [InlineData("""{"content":[ANA],"numberOfElements":2}""")]
    [InlineData("""{"content":[ANA],"page":{"totalElements":3}}""")]
    [InlineData("""{"content":[],"totalElements":3}""")]
    [InlineData("""{"items":[ANA],"total":3}""")]
    [InlineData("""{"items":[ANA],"total":1,"totalCount":3}""")]
    [InlineData("""{"items":[ANA],"total":3,"hasMore":false}""")]
    [InlineData("""{"items":[ANA],"total":1,"hasMore":true}""")]
    [InlineData("""{"items":[ANA],"hasMore":true}""")]
    [InlineData("""{"results":[ANA],"totalCount":3}""")]
    [InlineData("""{"children":[ANA],"total":3}""")]
    [InlineData("""{"lineItems":[ANA],"hasMore":true}""")]
    [InlineData("""{"data":[ANA],"total":3}""")]
    [InlineData("""{"data":[ANA],"hasMore":true}""")]
    [InlineData("""{"data":{"items":[ANA]},"totalCount":3}""")]
    [InlineData("""{"data":{"items":[ANA],"totalCount":3}}""")]
    [InlineData("""{"data":{"children":[ANA],"hasMore":true}}""")]
    [InlineData("""{"data":{"content":[ANA],"last":false}}""")]
    [InlineData("""{"data":{"content":[ANA],"page":{"totalElements":3}}}""")]
    [InlineData("""[{"id":"h","type":"header","children":[ANA],"total":3}]""")]
    [InlineData("""[{"id":"h","type":"header","children":[],"hasMore":true}]""")]
    [InlineData("""[{"id":"h","type":"header","data":{"items":[ANA],"totalCount":3}}]""")]
    [InlineData("""[{"id":"h","type":"header","data":{"content":[ANA],"last":false,"number":0,"size":1}}]""")]
    [InlineData("""{"items":[{"id":"h","type":"header","children":[{"id":"h2","type":"header","items":[ANA],"total":2}]}],"total":1}""")]
    public void A_part_that_cannot_be_followed_is_a_failure_in_every_envelope(string body)
    {
        var failure = Read(body).Failure!;
        Assert.Equal(FailureKind.FlexUnreadable, failure.Kind);
        Assert.StartsWith("Flex listed ", failure.Message);
    }

    [Theory]
    [InlineData("""[ANA]""")]
    [InlineData("""{"content":[ANA],"last":true,"totalElements":1,"totalPages":1,"number":0,"size":20,"numberOfElements":1,"first":true,"empty":false}""")]
    [InlineData("""{"content":[ANA],"last":true}""")]
    [InlineData("""{"content":[ANA],"totalPages":1,"number":0}""")]
    [InlineData("""{"content":[ANA],"page":{"size":20,"number":0,"totalElements":1,"totalPages":1}}""")]
    [InlineData("""{"data":{"content":[ANA],"last":true,"totalElements":1,"number":0,"size":20}}""")]
    [InlineData("""{"items":[ANA],"total":1}""")]
    [InlineData("""{"items":[ANA],"total":0}""")]
    [InlineData("""{"items":[ANA],"total":null,"hasMore":null}""")]
    [InlineData("""{"items":[ANA],"total":350.00}""")]
    [InlineData("""{"items":[ANA],"total":-1}""")]
    [InlineData("""{"items":[ANA],"hasMore":false}""")]
    [InlineData("""{"items":[ANA],"page":7}""")]
    [InlineData("""{"data":{"items":[ANA]},"totalCount":1}""")]
    [InlineData("""{"items":[{"id":"n","type":"note"},ANA],"total":1}""")]
    [InlineData("""{"items":[{"id":"h","type":"header","children":[ANA],"total":1}],"total":2}""")]
    [InlineData("""{"items":[{"id":"h","type":"header","children":[ANA]}],"total":1}""")]
    [InlineData("""[{"id":"h","type":"header","children":[{"id":"h2","type":"header","children":[ANA]}],"total":2}]""")]
    [InlineData("""[{"id":"h","type":"header","total":9,"hasMore":true},ANA]""")]
    [InlineData("""[{"id":"h","type":"header","deleted":true,"children":[],"total":9},ANA]""")]
    public void A_listing_that_has_all_it_tells_of_is_believed(string body) =>
        Assert.Equal([new FlexContact("line-a", "a")], Read(body).Value);

    [Fact]
    public void An_empty_page_that_is_the_only_one_is_an_empty_crew() =>
        Assert.Empty(Read("""{"content":[],"last":true,"totalElements":0,"totalPages":0,"number":0,"size":20,"numberOfElements":0,"first":true,"empty":true}""").Value!);

    [Theory]
    [InlineData("""{"items":[ANA],"total":3}""", "Flex listed only 1 of 3 rows, and not how to ask for the others")]
    [InlineData("""{"items":[ANA],"hasMore":true}""", "Flex listed only a part of its rows, and not how to ask for the others")]
    [InlineData("""{"content":[ANA],"last":true,"totalElements":3}""", "Flex listed only 1 of 3 rows, and no further page")]
    [InlineData("""{"content":[ANA],"numberOfElements":2}""", "Flex listed 1 rows on a page that it says holds 2")]
    [InlineData(
        """[{"id":"h","type":"header","children":[ANA],"total":3}]""", "Flex listed only a part of the rows that belong under another row")]
    [InlineData("""{"content":[ANA],"last":true,"number":1,"size":20}""", "Flex listed a later page where it was asked for the whole")]
    public void Why_it_is_not_believed_is_a_sentence(string body, string message) => Assert.Equal(message, Read(body).Failure!.Message);

    [Theory]
    [InlineData("""{"content":[ROWS],"number":N,"size":2,"totalElements":5,"totalPages":3,"last":LAST,"numberOfElements":COUNT}""")]
    [InlineData("""{"content":[ROWS],"page":{"number":N,"size":2,"totalElements":5,"totalPages":3}}""")]
    [InlineData("""{"data":{"content":[ROWS],"number":N,"size":2,"totalElements":5,"totalPages":3,"last":LAST}}""")]
    [InlineData("""{"content":[ROWS],"number":N,"size":2,"last":LAST}""")]
    [InlineData("""{"content":[ROWS],"number":N,"size":2,"totalElements":5}""")]
    [InlineData("""{"items":[ROWS],"number":N,"size":2,"total":5,"hasMore":MORE}""")]
    public void Pages_in_the_words_of_Spring_are_followed_to_the_last_one(string envelope)
    {
        var pages = new ListingPages();
        Assert.Null(pages.Next);

        Assert.Null(pages.Take(Page(envelope, 0, "a", "b")));
        Assert.Equal(new NextPage(1, 2), pages.Next);
        Assert.Null(pages.Take(Page(envelope, 1, "c", "d")));
        Assert.Equal(new NextPage(2, 2), pages.Next);
        var listing = pages.Take(Page(envelope, 2, "e"))!.Value;

        Assert.Equal(["a", "b", "c", "d", "e"], listing.Value!.Select(contact => contact.ResourceId));
    }

    private const string Spring = """{"content":[ROWS],"number":N,"size":2,"totalElements":5,"totalPages":3,"last":LAST}""";

    [Fact]
    public void A_page_that_comes_again_is_a_failure()
    {
        Assert.Equal("Flex listed another page than the one it was asked for", Second(Page(Spring, 0, "a", "b")).Message);
        Assert.Equal(
            new Failure(
                FailureKind.FlexUnreadable, "The rows of the crew call changed while Flex listed them page by page", Retryable: true),
            Second(Page(Spring, 1, "c", "B")));
    }

    [Theory]
    [InlineData(
        """{"content":[ROWS],"number":1,"size":1,"totalElements":5,"last":false}""",
        "Flex listed another page than the one it was asked for")]
    [InlineData("""[ROWS]""", "Flex listed another page than the one it was asked for")]
    [InlineData(
        """{"content":[],"number":1,"size":2,"totalElements":5,"last":false}""", "Flex listed an empty page in front of the last one")]
    [InlineData(
        """{"content":[ROWS],"number":1,"size":2,"totalElements":4,"last":true}""",
        "The rows of the crew call changed while Flex listed them page by page")]
    [InlineData(
        """{"content":[ROWS],"number":1,"size":2,"totalElements":5,"last":true}""", "Flex listed only 4 of 5 rows, and no further page")]
    [InlineData("""{"content":[ROWS],"number":1,"size":2,"last":true}""", "Flex listed only 4 of 5 rows, and no further page")]
    [InlineData(
        """{"content":[ROWS],"number":1,"size":2,"numberOfElements":3,"last":true}""", "Flex listed 2 rows on a page that it says holds 3")]
    public void Pages_that_do_not_fit_together_are_a_failure(string envelope, string message) =>
        Assert.Equal(message, Second(Page(envelope, 1, "c", "d")).Message);

    /// <summary>Spring counts the rows at the top: nested rows of one page do not stand for the rows of a page that is missing.</summary>
    [Fact]
    public void Nested_rows_do_not_make_up_for_a_missing_page()
    {
        var pages = new ListingPages();
        Assert.Null(pages.Take(Parse("""{"content":[{"id":"h","type":"header","children":[ANA,{"id":"line-b","resourceId":"b"}]}],"number":0,"size":1,"totalElements":3,"last":false}""")));
        var read =
            pages.Take(
                Parse("""{"content":[{"id":"line-c","resourceId":"c"}],"number":1,"size":1,"totalElements":3,"last":true}"""))!.Value;
        Assert.NotNull(read.Failure);
    }

    [Fact]
    public void No_listing_is_followed_for_ever()
    {
        const string Endless = """{"content":[ROWS],"number":N,"size":2,"last":false}""";
        var pages = new ListingPages();
        var asked = 0;
        FlexRead<IReadOnlyList<FlexContact>>? read;
        while ((read = pages.Take(Page(Endless, asked, $"r{asked}"))) is null)
            asked++;

        Assert.Equal(99, asked);
        Assert.Equal("Flex lists the crew call in more than 100 pages, which are not followed", read.Value.Failure!.Message);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void A_listing_that_tells_of_too_many_pages_is_not_begun(int count, bool begun) =>
        Assert.Equal(begun, new ListingPages().Take(Parse($$"""{"content":[ANA],"number":0,"size":1,"totalPages":{{count}}}""")) is null);

    private static Failure Second(ListingPage page)
    {
        var pages = new ListingPages();
        Assert.Null(pages.Take(Page(Spring, 0, "a", "b")));
        return pages.Take(page)!.Value.Failure!;
    }

    private static FlexRead<IReadOnlyList<FlexContact>> Read(string body)
    {
        var read = new ListingPages().Take(Parse(body));
        Assert.NotNull(read);
        return read.Value;
    }

    private static ListingPage Page(string envelope, int number, params string[] resources) => Parse(envelope
        .Replace("ROWS", string.Join(',', resources.Select(resource => $$"""{"id":"line-{{resource}}","resourceId":"{{resource}}"}""")))
        .Replace("N,", $"{number},").Replace("LAST", number == 2 ? "true" : "false").Replace("MORE", number == 2 ? "false" : "true")
        .Replace("COUNT", $"{resources.Length}"));

    private static ListingPage Parse(string body)
    {
        var read = ListingReader.Read(Encoding.UTF8.GetBytes(body.Replace("ANA", """{"id":"line-a","resourceId":"a"}""")));
        Assert.Null(read.Failure);
        return read.Value!;
    }
}
