using FlexCrew.Tests;

namespace FlexCrew.IntegrationTests.Database;

public sealed class PostgresServerTests
{
    [Theory]
    [InlineData(SchemaKind.Production)]
    [InlineData(SchemaKind.Adr)]
    [InlineData(SchemaKind.Migrated)]
    [InlineData(SchemaKind.MigratedAdr)]
    public async Task A_test_sees_only_its_own_rows(SchemaKind kind)
    {
        await using var one = await PostgresServer.CreateDatabaseAsync(kind);
        await using var other = await PostgresServer.CreateDatabaseAsync(kind);

        var job = await one.AddJobAsync();
        var technician = await one.AddTechnicianAsync("res-1", "sound");
        await one.AssignAsync(job, technician, "SND-FOH-R");
        await one.AddCrewRowAsync(await one.AddCrewCallAsync(job), technician, Guid.NewGuid().ToString());

        Assert.Equal(1, await one.ScalarAsync<int>("select count(*) from flex_crew_assignments"));
        Assert.Equal(0, await other.ScalarAsync<int>("select count(*) from flex_crew_assignments"));
    }

    [Fact]
    public async Task The_sample_is_there_after_its_scripts_ran_twice()
    {
        await using var database = await PostgresServer.CreateDatabaseAsync(SchemaKind.Migrated);
        string[] files = [RepositoryFiles.PathOf("supabase", "dev", "schema.sql"), RepositoryFiles.PathOf("supabase", "dev", "sample.sql")];

        await database.ApplyAsync(files);
        await database.ApplyAsync(files);

        Assert.Equal(14, await database.ScalarAsync<int>("select count(*) from job_assignments"));
        Assert.Equal(13, await database.ScalarAsync<int>("select count(distinct flex_resource_id) from profiles"));
    }
}
