using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using FlexCrew.Flex;
using FlexSimulator;

namespace FlexCrew.IntegrationTests.Flex;

/// <summary>Attempts, waits, limits and the circuit breaker, as Flex sees them.</summary>
public sealed class PipelineTests : IAsyncLifetime
{
    private const int Attempts = 3;

    private FlexSimulatorServer simulator = null!;
    private CrewCall crewCall = null!;

    public async Task InitializeAsync()
    {
        simulator = await FlexSimulatorServer.StartAsync();
        crewCall = simulator.World.CreateCrewCall();
    }

    public Task DisposeAsync() => simulator.DisposeAsync().AsTask();

    [Theory]
    [InlineData(408)]
    [InlineData(425)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_read_that_may_succeed_later_is_tried_three_times_and_no_more(int status)
    {
        await using var flex = new FlexHarness(simulator.BaseUrl);
        var broken = simulator.Faults.Add(FlexEndpoint.RowData, Fault.Answer(status), times: Attempts - 1);
        Assert.Empty((await flex.ListAsync(crewCall.Id)).Value!);
        Assert.Equal((Attempts - 1, Attempts), (broken.Played, flex.Scope.Requests));

        simulator.Faults.Add(FlexEndpoint.RowData, Fault.Answer(status));
        Assert.Equal((FailureKind.FlexUnavailable, status), Kind((await flex.ListAsync(crewCall.Id)).Failure));
        Assert.Equal(2 * Attempts, flex.Scope.Requests);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(501)]
    public async Task A_read_that_cannot_succeed_is_tried_once(int status)
    {
        await using var flex = new FlexHarness(simulator.BaseUrl);
        simulator.Faults.Add(FlexEndpoint.RowData, Fault.Answer(status));
        Assert.Equal(status, (await flex.ListAsync(crewCall.Id)).Failure!.Status);
        Assert.Equal(1, flex.Scope.Requests);
    }

    [Theory]
    [InlineData(408, Attempts)]
    [InlineData(429, Attempts)]
    [InlineData(503, 1)]
    [InlineData(500, 1)]
    [InlineData(502, 1)]
    [InlineData(504, 1)]
    [InlineData(403, 1)]
    [InlineData(409, 1)]
    public async Task An_add_is_sent_again_only_where_Flex_has_certainly_not_done_it(int status, int sent)
    {
        await using var flex = new FlexHarness(simulator.BaseUrl);
        simulator.Faults.Add(FlexEndpoint.AddResource, Fault.Answer(status));
        Assert.IsNotType<WriteOutcome.Applied>(await AddAsync(flex));
        Assert.Equal(sent, flex.Scope.Requests);
    }

    /// <summary>
    /// A 503 that names no time may come from a proxy after Flex has done the add; a role or a deletion may be sent twice.
    /// </summary>
    [Fact]
    public async Task After_a_503_a_role_and_a_deletion_are_sent_again_and_an_add_only_when_it_says_when()
    {
        await using var flex = new FlexHarness(simulator.BaseUrl);
        var line = crewCall.AddContact(Guid.NewGuid().ToString());
        simulator.Faults.Add(FlexEndpoint.SetRole, Fault.Answer(503), times: 1);
        Assert.IsType<WriteOutcome.Applied>(
            await flex.Api.SetBusinessRoleAsync(crewCall.Id, line.Id, Guid.NewGuid().ToString(), flex.Scope, default));
        simulator.Faults.Add(FlexEndpoint.Delete, Fault.Answer(503), times: 1);
        Assert.IsType<WriteOutcome.Applied>(await flex.Api.DeleteAsync(line.Id, flex.Scope, default));
        simulator.Faults.Add(FlexEndpoint.AddResource, Fault.Answer(503, TimeSpan.FromSeconds(1)), times: 1);
        Assert.IsType<WriteOutcome.Applied>(await AddAsync(flex));
        Assert.Equal(6, flex.Scope.Requests);
    }

    [Fact]
    public async Task Flex_is_left_alone_for_as_long_as_it_asks()
    {
        await using var flex = new FlexHarness(simulator.BaseUrl);
        simulator.Faults.Add(FlexEndpoint.AddResource, Fault.Answer(429, TimeSpan.FromSeconds(1)), times: 1);
        var clock = Stopwatch.StartNew();
        Assert.IsType<WriteOutcome.Applied>(await AddAsync(flex));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.95, 5);
        Assert.Equal((2L, 0L), (simulator.Log.Metrics.Requests, simulator.Log.Metrics.EarlyRetries));
    }

    [Fact]
    public async Task Whoever_else_asks_leaves_it_alone_too()
    {
        await using var flex = new FlexHarness(simulator.BaseUrl);
        simulator.Faults.Add(FlexEndpoint.AddResource, Fault.Answer(503, TimeSpan.FromSeconds(2)), times: 1);
        var first = AddAsync(flex);
        await simulator.Log.WaitForAsync(request => request.Status == 503);
        await Task.Delay(TimeSpan.FromMilliseconds(300));

        var reads = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => flex.ListAsync(crewCall.Id)));

        Assert.IsType<WriteOutcome.Applied>(await first);
        Assert.All(reads, read => Assert.Null(read.Failure));
        var requests = simulator.Log.Requests;
        Assert.Equal(12, requests.Count);
        Assert.All(requests.Skip(1), request => Assert.InRange((request.At - requests[0].At).TotalSeconds, 1.9, 8));
    }

    [Fact]
    public async Task Whoever_has_no_time_for_that_is_told_how_long_it_will_be()
    {
        await using var flex = new FlexHarness(simulator.BaseUrl, options => options.FlexTotalTimeout = TimeSpan.FromSeconds(6));
        simulator.Faults.Add(FlexEndpoint.AddResource, Fault.Answer(429, TimeSpan.FromMinutes(10)), times: 1);
        Assert.Equal(TimeSpan.FromMinutes(10), Assert.IsType<WriteOutcome.NotApplied>(await AddAsync(flex)).Failure.RetryAfter);

        var failure = (await flex.ListAsync(crewCall.Id)).Failure!;
        Assert.StartsWith("Flex was not asked: it wants to be left alone for another ", failure.Message);
        Assert.True(failure.Retryable);
        Assert.InRange(failure.RetryAfter!.Value.TotalSeconds, 100, 120);
        Assert.Single(simulator.Log.Requests);
    }

    [Fact]
    public async Task A_wait_that_outlasts_the_call_is_told_at_once()
    {
        await using var flex = new FlexHarness(simulator.BaseUrl, options => options.FlexTotalTimeout = TimeSpan.FromSeconds(6));
        simulator.Faults.Add(FlexEndpoint.AddResource, Fault.Answer(429, TimeSpan.FromSeconds(30)));
        var clock = Stopwatch.StartNew();
        var failure = Assert.IsType<WriteOutcome.NotApplied>(await AddAsync(flex)).Failure;
        Assert.Equal((true, TimeSpan.FromSeconds(30)), (failure.Retryable, failure.RetryAfter));
        Assert.Equal(1, flex.Scope.Requests);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 4);
    }

    [Fact]
    public async Task An_attempt_ends_at_its_limit_and_all_of_them_at_theirs()
    {
        await using var flex = new FlexHarness(simulator.BaseUrl, options =>
            (options.FlexAttemptTimeout, options.FlexTotalTimeout) = (TimeSpan.FromSeconds(0.4), TimeSpan.FromSeconds(3)));
        simulator.Faults.Add(FlexEndpoint.Any, Fault.Hang());
        var clock = Stopwatch.StartNew();
        var failure = (await flex.ListAsync(crewCall.Id)).Failure!;
        Assert.StartsWith("Flex did not answer within ", failure.Message);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.75, 8);
        Assert.InRange(flex.Scope.Requests, 2, Attempts);

        Assert.IsType<WriteOutcome.Unknown>(await AddAsync(flex));
        Assert.Equal(1, simulator.Log.Count(FlexEndpoint.AddResource));
    }

    [Fact]
    public async Task Whoever_waits_too_long_for_a_slot_is_told_so_and_was_not_sent()
    {
        await using var flex = new FlexHarness(simulator.BaseUrl, options =>
            (options.MaxConcurrentFlexRequests, options.FlexAttemptTimeout, options.FlexTotalTimeout) =
                (1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)));
        simulator.Faults.Add(FlexEndpoint.AddResource, Fault.Hang());

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => AddAsync(flex)));

        var unsent = outcomes.Count(outcome =>
            outcome is WriteOutcome.NotApplied refused
                && refused.Failure.Message.StartsWith("Flex was not asked: too many requests were waiting", StringComparison.Ordinal));
        Assert.InRange(unsent, 15, 28);
        Assert.Equal(30 - unsent, flex.Scope.Requests);
    }

    [Fact]
    public async Task An_outage_opens_the_circuit_and_one_probe_closes_it()
    {
        var rest = TimeSpan.FromSeconds(5);
        await using var flex = new FlexHarness(simulator.BaseUrl, options => options.FlexBreakDuration = rest);
        var down = simulator.Faults.Add(FlexEndpoint.Any, Fault.Answer(503));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AddAsync(flex)));
        var asked = simulator.Log.Metrics.Requests;
        Assert.InRange(asked, 8, 12);

        var refused = Assert.IsType<WriteOutcome.NotApplied>(await AddAsync(flex)).Failure;
        Assert.StartsWith("Flex was not asked: it has been failing", refused.Message);
        Assert.True(refused is { Retryable: true, RetryAfter.Ticks: > 0 } && refused.RetryAfter <= rest, $"{refused}");
        Assert.Equal(asked, simulator.Log.Metrics.Requests);

        await Task.Delay(rest);
        Assert.IsType<WriteOutcome.Unknown>(await AddAsync(flex));
        Assert.Equal(asked + 1, simulator.Log.Metrics.Requests);

        down.Release();
        await Task.Delay(rest + TimeSpan.FromSeconds(1));
        Assert.IsType<WriteOutcome.Applied>(await AddAsync(flex));
        Assert.IsType<WriteOutcome.Applied>(await AddAsync(flex));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(501)]
    public async Task What_is_no_outage_leaves_the_circuit_closed(int status)
    {
        await using var flex = new FlexHarness(simulator.BaseUrl);
        var refusing = simulator.Faults.Add(FlexEndpoint.AddResource, Fault.Answer(status));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AddAsync(flex)));
        refusing.Release();
        Assert.IsType<WriteOutcome.Applied>(await AddAsync(flex));
    }

    [Fact]
    public async Task A_login_page_is_measured_and_logged_as_one()
    {
        await using var flex = new FlexHarness(simulator.BaseUrl);
        var statuses = new ConcurrentBag<object?>();
        var isOurs = new AsyncLocal<bool> { Value = true };
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, it) =>
            { if (instrument.Name == "flexcrew.flex.request.duration") it.EnableMeasurementEvents(instrument); }
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            if (isOurs.Value) statuses.Add(tags.ToArray().Single(tag => tag.Key == "status").Value);
        });
        listener.Start();
        simulator.Faults.Add(FlexEndpoint.RowData, Fault.HtmlPage());

        Assert.Equal(FailureKind.FlexToken, (await flex.ListAsync(crewCall.Id)).Failure?.Kind);
        Assert.Equal(["login-page"], statuses.Distinct());
        Assert.Contains($"Warning Flex list-row-data of {crewCall.Id}: login-page", flex.Log.Text);
    }

    [Fact]
    public async Task Whoever_gives_up_gets_no_answer_and_frees_the_slot()
    {
        await using var flex = new FlexHarness(simulator.BaseUrl, options => options.MaxConcurrentFlexRequests = 1);
        var held = simulator.Faults.Add(FlexEndpoint.AddResource, Fault.Hold(), times: 1);
        using var patience = new CancellationTokenSource();
        var first = flex.Api.AddResourceAsync(crewCall.Id, "resource", flex.Scope, patience.Token);
        await held.WaitUntilPlayedAsync();
        var second = AddAsync(flex);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.IsType<WriteOutcome.Applied>(await second);
    }

    private Task<WriteOutcome> AddAsync(FlexHarness flex) =>
        flex.Api.AddResourceAsync(crewCall.Id, Guid.NewGuid().ToString(), flex.Scope, default);

    private static (FailureKind?, int?) Kind(Failure? failure) => (failure?.Kind, failure?.Status);
}
