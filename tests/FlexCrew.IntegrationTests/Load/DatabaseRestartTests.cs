using FlexCrew.IntegrationTests.Database;
using FlexCrew.IntegrationTests.EndToEnd;
using FlexSimulator;

namespace FlexCrew.IntegrationTests.Load;

/// <summary>
/// A database that goes away in the middle of a sync. A class for each moment: each waits, and classes run side by side.
/// </summary>
/// <param name="during">The request to Flex that is under way meanwhile.</param>
public abstract class DatabaseRestartTests(FlexEndpoint during)
{
    [Fact]
    public async Task A_database_that_is_restarted_in_the_middle_loses_nobody()
    {
        using var cluster = await Task.Run(LocalCluster.Create);
        await using var stage = await Stage.SetAsync(
            await PostgresServer.MigrateAsync(cluster), hosts: 1, flex: null, configure: null, ("FlexCrew:FlexAttemptTimeout", "00:00:05"),
            ("FlexCrew:FlexTotalTimeout", "00:00:10"), ("FlexCrew:LeaseTimeout", "00:00:12.500"));
        var crewCall = await stage.AddCrewCallAsync();
        crewCall.Flex.AddContact(Guid.NewGuid().ToString());
        crewCall.Flex.AddContact(Guid.NewGuid().ToString());
        var crew = await stage.AssignManyAsync(3);
        var held = stage.Flex.Faults.Add(during, Fault.Hold(), times: 1);
        var syncing = stage.SyncAsync();
        await held.WaitUntilPlayedAsync();
        var port = new Uri(cluster.Url).Port;

        await Task.Run(cluster.Stop);
        held.Release();
        await Task.Delay(TimeSpan.FromMilliseconds(100));
        await Task.Run(() => cluster.Start(port));
        stage.Database.ForgetConnections();
        await syncing;

        Assert.Equal(crewCall.Flex.ResourceIds.Distinct(), crewCall.Flex.ResourceIds);
        await stage.AddHostAsync();
        var summary = await stage.SyncAsync(host: 1);
        Assert.Null(summary["errors"]);
        await stage.AssertCrewAsync(crewCall, crew);
    }
}

public sealed class DatabaseRestartDuringAnAdd() : DatabaseRestartTests(FlexEndpoint.AddResource);

public sealed class DatabaseRestartDuringARole() : DatabaseRestartTests(FlexEndpoint.SetRole);

public sealed class DatabaseRestartDuringAListing() : DatabaseRestartTests(FlexEndpoint.RowData);

public sealed class DatabaseRestartDuringADeletion() : DatabaseRestartTests(FlexEndpoint.BulkDelete);
