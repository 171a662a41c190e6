using System.Net;
using FlexSimulator;

namespace FlexCrew.IntegrationTests.Simulator;

public sealed class AddResourceTests : SimulatorTest
{
    [Fact]
    public async Task An_empty_post_adds_a_contact_with_a_line_id_of_its_own()
    {
        using var answer = await AddAsync("res-1");

        var line = Assert.Single(CrewCall.Contacts);
        Assert.Equal("res-1", line.ResourceId);
        Assert.True(Guid.TryParse(line.Id, out _));
        var body = (await JsonOf(answer))!.AsObject();
        Assert.Equal(line.Id, (string?)body["addedResourceLineIds"]![0]);
        Assert.Equal(
            ["addedNoteLineId", "addedResourceLineIds", "affectedRootLineIds", "nonRootClonedLineIds"],
            body.Select(property => property.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_form_body_adds_a_contact()
    {
        using var answer = await AddByFormAsync("res-1");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["res-1"], CrewCall.ResourceIds);
    }

    [Fact]
    public async Task A_second_post_adds_a_second_line()
    {
        using var first = await AddAsync("res-1");
        using var second = await AddByFormAsync("res-1");

        Assert.Equal(["res-1", "res-1"], CrewCall.ResourceIds);
        Assert.Equal(2, CrewCall.Contacts.Select(line => line.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_form_body_can_nest_a_line_and_put_it_before_another()
    {
        var header = CrewCall.AddHeader("Sound");
        var last = CrewCall.AddContact("res-last");

        using var nested = await AddByFormAsync("res-nested", ("parentLineItemId", header.Id));
        using var before = await AddByFormAsync("res-before", ("nextSiblingId", last.Id));

        Assert.Equal(header.Id, CrewCall.Contacts.Single(line => line.ResourceId == "res-nested").ParentId);
        Assert.Equal(["res-before", "res-last", "res-nested"], CrewCall.ResourceIds);
    }

    [Theory]
    [InlineData("managedResourceLineItemType", "")]
    [InlineData("managedResourceLineItemType", "person")]
    [InlineData("quantity", "0")]
    [InlineData("quantity", "one")]
    [InlineData("parentLineItemId", "no-such-line")]
    [InlineData("nextSiblingId", "no-such-line")]
    public async Task A_form_body_that_is_not_valid_is_refused(string key, string value)
    {
        using var answer = await AddByFormAsync("res-1", (key, value));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotNull((await JsonOf(answer))!["exceptionMessage"]);
        Assert.Empty(CrewCall.Lines);
    }

    [Theory]
    [InlineData(EncodingPolicy.BadRequest, HttpStatusCode.BadRequest)]
    [InlineData(EncodingPolicy.UnsupportedMediaType, HttpStatusCode.UnsupportedMediaType)]
    public async Task The_form_body_can_be_refused_so_that_only_the_empty_post_works(EncodingPolicy policy, HttpStatusCode status)
    {
        Flex.Behaviour.FormBody = policy;

        using var form = await AddByFormAsync("res-form");
        using var empty = await AddAsync("res-empty");

        Assert.Equal(status, form.StatusCode);
        Assert.Equal(HttpStatusCode.OK, empty.StatusCode);
        Assert.Equal(["res-empty"], CrewCall.ResourceIds);
    }

    [Theory]
    [InlineData(
        AddAnswer.AddedResourceLineIds,
        "{\"addedResourceLineIds\":[\"ID\"],\"affectedRootLineIds\":[\"ID\"],\"addedNoteLineId\":null,\"nonRootClonedLineIds\":null}")]
    [InlineData(AddAnswer.Id, "{\"id\":\"ID\",\"name\":\"Contact res-1\"}")]
    [InlineData(AddAnswer.LineItemId, "{\"lineItemId\":\"ID\"}")]
    [InlineData(AddAnswer.DataId, "{\"data\":{\"id\":\"ID\"}}")]
    [InlineData(AddAnswer.DataLineItemId, "{\"data\":{\"lineItemId\":\"ID\"}}")]
    [InlineData(AddAnswer.BareString, "\"ID\"")]
    [InlineData(AddAnswer.EmptyObject, "{}")]
    [InlineData(AddAnswer.NotJson, "OK, added.")]
    [InlineData(AddAnswer.EmptyBody, "")]
    [InlineData(AddAnswer.Accepted, "{}", HttpStatusCode.Accepted)]
    public async Task Every_answer_shape_can_be_chosen(AddAnswer shape, string body, HttpStatusCode status = HttpStatusCode.OK)
    {
        Flex.Behaviour.AddAnswer = shape;

        using var answer = await AddAsync("res-1");

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(body, (await answer.Content.ReadAsStringAsync()).Replace(Assert.Single(CrewCall.Lines).Id, "ID"));
    }

    [Fact]
    public async Task An_unknown_crew_call_is_404_or_is_made_on_first_use()
    {
        var url = Url("/line-item/aaaaaaaa-0000-4000-8000-000000000000/add-resource/res-1");
        using var refused = await Http.PostAsync(url, new ByteArrayContent([]));
        Flex.Behaviour.UnknownCrewCall = UnknownCrewCall.Created;
        using var accepted = await Http.PostAsync(url, new ByteArrayContent([]));

        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.NotNull((await JsonOf(refused))!["exceptionMessage"]);
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        Assert.Equal(["res-1"], Flex.World.CrewCall("aaaaaaaa-0000-4000-8000-000000000000").ResourceIds);
    }
}
