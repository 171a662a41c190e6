using System.Collections.Concurrent;
using System.Net;
using FlexCrew.Flex;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FlexCrew.Tests.Flex;

/// <summary>The guard of a write is asked right before each attempt leaves this machine.</summary>
public sealed class GuardedWriteTests : IDisposable
{
    private static readonly Failure Lost = new(FailureKind.LeaseLost, "Another sync has taken this crew call over");

    private readonly Wire wire = new();
    private readonly OpenGuard guard = new();
    private readonly FlexScope scope = new("correlation");
    private readonly ServiceProvider services;

    public GuardedWriteTests()
    {
        scope.Guard = guard;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [new("X_AUTH_TOKEN", "token-of-tests"), new("FLEX_API_BASE_URL", "http://127.0.0.1:9/f5/api")]).Build();
        var collection = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging();
        collection.Configure<FlexCrewOptions>(options =>
        {
            options.FlexMaxAttempts = 2;
            options.FlexRetryDelay = TimeSpan.FromMilliseconds(1);
            options.FlexAttemptTimeout = TimeSpan.FromSeconds(2);
            options.FlexTotalTimeout = TimeSpan.FromSeconds(20);
            options.FlexBreakDuration = TimeSpan.FromMinutes(1);
        });
        collection.AddFlexClient();
        collection.AddHttpClient("flex").ConfigurePrimaryHttpMessageHandler(() => wire);
        services = collection.BuildServiceProvider();
    }

    private IFlexApi Api => services.GetRequiredService<IFlexApi>();

    public void Dispose() => services.Dispose();

    [Theory]
    [InlineData("add"), InlineData("role"), InlineData("delete"), InlineData("delete-many")]
    public async Task A_write_that_is_refused_is_not_sent_and_tells_why(string kind)
    {
        guard.Refusal = Lost;

        Assert.Equal(Lost, Assert.IsType<WriteOutcome.NotApplied>(await WriteAsync(kind)).Failure);
        Assert.Empty(wire.Sent);
        Assert.Equal((1, 0), (guard.Asked, scope.Requests));
    }

    [Theory]
    [InlineData("add"), InlineData("role"), InlineData("delete"), InlineData("delete-many")]
    public async Task A_step_without_a_guard_writes_nothing(string kind)
    {
        scope.Guard = null;

        Assert.Equal(FailureKind.Unexpected, Assert.IsType<WriteOutcome.NotApplied>(await WriteAsync(kind)).Failure.Kind);
        Assert.Empty(wire.Sent);
    }

    [Fact]
    public async Task A_listing_asks_nobody()
    {
        scope.Guard = null;
        wire.Answers("[]");

        Assert.Empty((await Api.ListAsync(FlexListing.RowData, "cc", scope, default)).Value!);
        Assert.Single(wire.Sent);
    }

    [Fact]
    public async Task Each_attempt_is_asked_about_and_one_that_is_refused_ends_the_call()
    {
        wire.Answers("", HttpStatusCode.TooManyRequests);
        guard.OnAsk = _ =>
        {
            if (guard.Asked == 2) guard.Refusal = Lost;
            return Task.CompletedTask;
        };

        Assert.Equal(Lost, Assert.IsType<WriteOutcome.NotApplied>(await WriteAsync("add")).Failure);
        Assert.Equal((2, 1), (guard.Asked, wire.Sent.Count));
    }

    /// <summary>Twice as many as open the circuit, were they outages.</summary>
    [Fact]
    public async Task Refusals_are_no_outage_of_Flex()
    {
        guard.Refusal = new Failure(FailureKind.Database, "Database query 'fence' failed (timeout)", Retryable: true);
        for (var write = 0; write < 16; write++) await WriteAsync("role");
        guard.Refusal = null;

        Assert.IsType<WriteOutcome.Applied>(await WriteAsync("delete"));
    }

    [Fact]
    public async Task Those_that_are_spared_are_left_out_of_the_request()
    {
        guard.Spares.Add("L2");

        Assert.IsType<WriteOutcome.Applied>(await WriteAsync("delete-many"));
        Assert.Equal("lineItemIds=L1&lineItemIds=L3", Assert.Single(wire.Sent).Body);
        Assert.Equal(["L2"], scope.Spared);
    }

    [Fact]
    public async Task One_that_is_wanted_since_the_last_attempt_is_left_out_of_the_next()
    {
        wire.Answers("", HttpStatusCode.TooManyRequests);
        guard.OnAsk = _ =>
        {
            if (guard.Asked == 2) guard.Spares.Add("l3");
            return Task.CompletedTask;
        };

        await WriteAsync("delete-many");

        Assert.Equal(
            ["lineItemIds=L1&lineItemIds=L2&lineItemIds=L3", "lineItemIds=L1&lineItemIds=L2"], wire.Sent.Select(request => request.Body));
    }

    [Theory]
    [InlineData("delete"), InlineData("delete-many")]
    public async Task Where_all_are_spared_nothing_is_sent(string kind)
    {
        guard.Spares.UnionWith(["L1", "L2", "L3"]);

        Assert.Equal(FailureKind.NotWanted, Assert.IsType<WriteOutcome.NotApplied>(await WriteAsync(kind)).Failure.Kind);
        Assert.Empty(wire.Sent);
    }

    [Fact]
    public async Task A_guard_that_does_not_answer_in_time_refuses()
    {
        guard.OnAsk = cancellation => Task.Delay(Timeout.Infinite, cancellation);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        var failure = Assert.IsType<WriteOutcome.NotApplied>(await Api.DeleteAsync("L1", scope, patience.Token)).Failure;

        Assert.Equal((FailureKind.Database, true), (failure.Kind, failure.Retryable));
        Assert.Empty(wire.Sent);
    }

    private Task<WriteOutcome> WriteAsync(string kind) => kind switch
    {
        "add" => Api.AddResourceAsync("cc", "r1", scope, default),
        "role" => Api.SetBusinessRoleAsync("cc", "L1", "role-t", scope, default),
        "delete" => Api.DeleteAsync("L1", scope, default),
        _ => Api.DeleteManyAsync(["L1", "L2", "L3"], "lineItemIds", scope, default),
    };

    /// <summary>Answers each request without a network, and keeps what was sent.</summary>
    private sealed class Wire : HttpMessageHandler
    {
        private readonly ConcurrentQueue<(string Body, HttpStatusCode Status)> answers = [];

        public ConcurrentQueue<(string Path, string Body)> Sent { get; } = [];

        public void Answers(string body, HttpStatusCode status = HttpStatusCode.OK) => answers.Enqueue((body, status));

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            Sent.Enqueue((request.RequestUri!.AbsolutePath, body));
            var answer = answers.TryDequeue(out var told) ? told : (Body: "{}", Status: HttpStatusCode.OK);
            return new HttpResponseMessage(answer.Status) { Content = new StringContent(answer.Body) };
        }
    }
}
