using System.Collections.Concurrent;
using System.Diagnostics;
using FlexCrew.Telemetry;
using FlexSimulator;
using Microsoft.AspNetCore.Builder;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace FlexCrew.IntegrationTests.EndToEnd;

public sealed class TelemetryTests
{
    [Fact]
    public async Task One_trace_leads_from_the_request_through_the_steps_to_each_call_to_flex_and_each_query()
    {
        var spans = new SpanKeeper();
        // No attempt is given up on a busy machine: each would have a span of its own.
        await using var stage = await Stage.SetAsync(
            configure: spans.Use,
            overrides: [("FlexCrew:FlexAttemptTimeout", "00:00:10"), ("FlexCrew:FlexTotalTimeout", "00:00:30")]);
        await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(3);
        var trace = ActivityTraceId.CreateRandom();
        stage.Http.DefaultRequestHeaders.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");

        using var response = await stage.PostAsync(new { job_id = stage.Job, departments = new[] { "sound" } });

        await stage.RunsEndedAsync();
        await Stage.UntilAsync(
            () => Task.FromResult(spans.Of(trace).Count(span => span.Kind == ActivityKind.Server || span.DisplayName == "sync") == 2),
            "the spans of the request and of the run have ended");
        var all = spans.Of(trace);
        var request = Assert.Single(all, span => span.Kind == ActivityKind.Server);
        var run = Assert.Single(all, span => span.DisplayName == "sync");
        Assert.Equal(request.SpanId, run.ParentSpanId);

        var steps = all.Where(span => span.DisplayName.StartsWith("step ", StringComparison.Ordinal)).ToList();
        Assert.All(steps, step => Assert.Equal(run.SpanId, step.ParentSpanId));
        Assert.Equal(
            new[] { "AddContact", "AddContact", "AddContact", "RecordRun", "ResolveCrew", "SetBusinessRole", "SetBusinessRole",
                "SetBusinessRole" },
            steps.Select(step => step.DisplayName[5..]).Order(StringComparer.Ordinal));
        var correlation = response.Headers.GetValues("x-correlation-id").Single();
        Assert.All(steps, step => Assert.Equal(
            (stage.Job.ToString(), "sound", correlation),
            ((string)step.GetTagItem("flexcrew.job_id")!, (string)step.GetTagItem("flexcrew.department")!,
                (string)step.GetTagItem("flexcrew.correlation_id")!)));

        var calls = all.Where(span => span.DisplayName.StartsWith("flex ", StringComparison.Ordinal)).ToList();
        Assert.Equal(stage.Flex.Log.Requests.Count, calls.Count);
        Assert.All(calls, call => Assert.Contains(steps, step => step.SpanId == call.ParentSpanId));
        Assert.Equal(crew.Count, calls.Count(call => call.DisplayName == "flex add"));

        var queries = all.Where(span => span.Source.Name == "Npgsql").ToList();
        foreach (var step in steps)
            Assert.Contains(queries, query => query.ParentSpanId == step.SpanId);
        Assert.Empty(all.Except([request, run, .. steps, .. calls, .. queries]));
    }

    [Fact]
    public async Task A_retry_is_one_trace_with_the_correlation_id_of_the_click()
    {
        var spans = new SpanKeeper();
        await using var stage = await Stage.SetAsync(
            configure: spans.Use,
            overrides: [("FlexCrew:RetryPollInterval", "00:00:00.050"), ("FlexCrew:RetrySchedule:0", "00:00:00.010")]);
        await stage.AddCrewCallAsync();
        await stage.AssignAsync();
        var down = stage.Flex.Faults.Add(FlexEndpoint.Reads, Fault.Answer(404), times: 4);

        using var response = await stage.PostAsync(new { job_id = stage.Job, departments = new[] { "sound" } });
        Assert.NotEqual(0, down.Played);
        await Stage.UntilAsync(
            async () =>
                (await stage.LogAsync()).Any(row => row is { TriggeredBy: "retry", Status: "succeeded" }), "the retry has succeeded");

        var correlation = response.Headers.GetValues("x-correlation-id").Single();
        await Stage.UntilAsync(() => Task.FromResult(spans.Runs(correlation).Count == 2), "both runs have ended");
        var runs = spans.Runs(correlation);
        Assert.Equal(
            ["retry", stage.Manager.ToString()], runs.Select(run => (string)run.GetTagItem("flexcrew.triggered_by")!).OrderDescending());
        Assert.Equal(2, runs.Select(run => run.TraceId).Distinct().Count());
        Assert.All(runs, run => Assert.Contains(spans.Of(run.TraceId), span => span.DisplayName == "flex list-row-data"));
    }

    [Fact]
    public async Task A_step_that_failed_is_an_error_in_the_trace_and_its_lines_name_job_department_instance_and_correlation_id()
    {
        var spans = new SpanKeeper();
        await using var stage = await Stage.SetAsync(configure: spans.Use);
        await stage.AddCrewCallAsync();
        await stage.AssignAsync();
        stage.Flex.Faults.Add(FlexEndpoint.AddResource, Fault.Answer(409));

        using var response = await stage.PostAsync(new { job_id = stage.Job, departments = new[] { "sound" } });

        var correlation = response.Headers.GetValues("x-correlation-id").Single();
        await Stage.UntilAsync(() => Task.FromResult(spans.Runs(correlation).Count > 0), "the run has ended");
        var run = Assert.Single(spans.Runs(correlation));
        var failed = Assert.Single(spans.Of(run.TraceId), span => span.DisplayName == "step AddContact");
        Assert.Equal(ActivityStatusCode.Error, failed.Status);
        var instance = (string)run.GetTagItem("flexcrew.instance_id")!;
        string[] scope = [$"JobId={stage.Job}", "Department=sound", $"InstanceId={instance}", $"CorrelationId={correlation}"];
        var lines = stage.Host.Logs.Lines;
        foreach (var told in new[] { "Step AddContact failed", "Flex add of", "Flex list-row-data of" })
            Assert.All(
                scope, part =>
                    Assert.Contains(part, lines.First(line => line.Contains(told, StringComparison.Ordinal)), StringComparison.Ordinal));
        var answered = lines.Single(line => line.Contains("Answered 200", StringComparison.Ordinal));
        Assert.All(
            new[] { $"JobId={stage.Job}", $"InstanceId={instance}", $"CorrelationId={correlation}" }, part =>
                Assert.Contains(part, answered, StringComparison.Ordinal));
    }

    /// <summary>Keeps spans that ended. Other tests' hosts share the sources: ask by trace or correlation id.</summary>
    private sealed class SpanKeeper : BaseProcessor<Activity>
    {
        private readonly ConcurrentQueue<Activity> ended = new();

        /// <summary>Collection is on where a collector is named; this one does not exist.</summary>
        public void Use(WebApplicationBuilder builder)
        {
            builder.Configuration[TelemetryRegistration.OtlpEndpoint] = "http://127.0.0.1:9";
            builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddProcessor(this));
        }

        public IReadOnlyList<Activity> Of(ActivityTraceId trace) => [.. ended.Where(span => span.TraceId == trace)];

        public IReadOnlyList<Activity> Runs(string correlation) =>
            [.. ended.Where(span => span.DisplayName == "sync" && correlation.Equals(span.GetTagItem("flexcrew.correlation_id")))];

        public override void OnEnd(Activity data) => ended.Enqueue(data);
    }
}
