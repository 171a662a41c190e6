namespace FlexCrew.IntegrationTests.EndToEnd;

public sealed class DatabaseFailureTests
{
    [Theory]
    [InlineData("job_assignments")]
    [InlineData("flex_crew_assignments")]
    [InlineData("flex_crew_calls")]
    public async Task A_query_that_fails_loses_nobody_and_the_next_sync_makes_it_right(string table)
    {
        await using var stage = await Stage.SetAsync();
        var (crewCall, crew) = await stage.AddChangedCrewAsync();
        var (rows, lines) = (await stage.RowsAsync(crewCall.Id), crewCall.Flex.Lines);
        await stage.Database.ExecuteAsync($"alter table public.{table} rename to away");

        var summary = await stage.SyncAsync();

        await stage.Database.ExecuteAsync($"alter table public.away rename to {table}");
        Assert.Equal(rows, await stage.RowsAsync(crewCall.Id));
        Assert.Equal(lines, crewCall.Flex.Lines);
        Assert.NotEmpty(summary["errors"]!.AsArray());
        foreach (var detail in new[] { "select ", "insert ", "public.", "Npgsql", "   at ", "Exception" })
            Assert.DoesNotContain(detail, summary.ToJsonString(), StringComparison.OrdinalIgnoreCase);

        summary = await stage.SyncAsync();

        Assert.Null(summary["errors"]);
        await stage.AssertCrewAsync(crewCall, crew);
    }

    [Fact]
    public async Task A_table_that_refuses_new_rows_leaves_nobody_twice_in_flex()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(3);
        await stage.Database.ExecuteAsync(
            "alter table public.flex_crew_assignments add constraint nobody check (flex_line_item_id is null) not valid");

        var summary = await stage.SyncAsync();

        Assert.Equal(3, (int)summary["failedAdds"]!);
        Assert.Equal(3, summary["errors"]!.AsArray().Count);
        Assert.Equal(crewCall.Flex.ResourceIds.Distinct(), crewCall.Flex.ResourceIds);

        await stage.Database.ExecuteAsync("alter table public.flex_crew_assignments drop constraint nobody");
        await stage.SyncAsync();

        await stage.AssertCrewAsync(crewCall, crew);
    }

    [Fact]
    public async Task A_row_that_cannot_be_deleted_is_told_and_goes_with_the_next_sync()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(3);
        await stage.SyncAsync();
        await stage.UnassignAsync(crew[0].Id);
        await stage.Database.ExecuteAsync(
            """
            create function refuse() returns trigger language plpgsql as $$ begin raise exception 'secret detail'; end $$;
            create trigger refuse before delete on public.flex_crew_assignments for each row execute function refuse();
            """);

        var summary = await stage.SyncAsync();

        Assert.NotEmpty(summary["errors"]!.AsArray());
        Assert.DoesNotContain("secret detail", summary.ToJsonString());
        Assert.Equal(3, (await stage.RowsAsync(crewCall.Id)).Count);

        await stage.Database.ExecuteAsync("drop trigger refuse on public.flex_crew_assignments");
        summary = await stage.SyncAsync();

        Assert.Null(summary["errors"]);
        await stage.AssertCrewAsync(crewCall, crew.Skip(1));
    }
}
