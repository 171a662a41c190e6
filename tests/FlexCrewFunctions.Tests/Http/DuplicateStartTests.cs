using FlexCrew.Tests.Sync.Fakes;
using FlexCrewFunctions.Http;
using Grpc.Core;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Grpc;
using Microsoft.DurableTask.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlexCrewFunctions.Tests.Http;

/// <summary>On the client that the Functions app uses, talking to a host that answers what the Durable extension answers.</summary>
public class DuplicateStartTests
{
    private readonly Host host = new();

    [Fact]
    public async Task A_run_that_is_new_is_started()
    {
        Assert.True(await StartAsync());
        Assert.Equal(("SyncJob", "me"), (host.Asked?.Name, host.Asked?.InstanceId));
    }

    [Fact]
    public async Task A_run_that_is_known_already_is_not_started_and_no_failure()
    {
        host.Refuses = new Status(StatusCode.AlreadyExists, "An Orchestration instance with the ID me already exists.");

        Assert.False(await StartAsync());
    }

    [Theory]
    [InlineData(StatusCode.Unavailable)]
    [InlineData(StatusCode.Unknown)]
    [InlineData(StatusCode.FailedPrecondition)]
    public async Task A_host_that_fails_is_not_taken_for_one_that_knows_the_run(StatusCode code)
    {
        host.Refuses = new Status(code, "An Orchestration instance cannot be started now.");

        await Assert.ThrowsAnyAsync<RpcException>(StartAsync);
    }

    [Fact]
    public async Task Whatever_became_of_a_run_its_id_is_never_used_again()
    {
        await StartAsync();

        // Without a policy, or with a status in it, the extension starts the instance anew, and ends one that still runs.
        Assert.NotNull(host.Asked?.OrchestrationIdReusePolicy);
        Assert.DoesNotContain(
            host.Asked.OrchestrationIdReusePolicy.ReplaceableStatus, status => status != OrchestrationStatus.ContinuedAsNew);
    }

    [Fact]
    public void Every_status_that_can_be_named_is_named() =>
        Assert.Equal(StartOrchestrationOptionsExtensions.ValidDedupeStatuses.Order(), DurableRuns.DedupeStatuses.Order());

    private Task<bool> StartAsync()
    {
        var client = new GrpcDurableTaskClient("test", new GrpcDurableTaskClientOptions { CallInvoker = host }, NullLogger.Instance);
        return new DurableRuns(client, Runs.Settings, new SettledRuns(), TimeProvider.System)
            .StartAsync(Runs.Request(), CancellationToken.None);
    }

    private sealed class Host : CallInvoker
    {
        public CreateInstanceRequest? Asked { get; private set; }

        public Status? Refuses { get; set; }

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
        {
            Asked = request as CreateInstanceRequest;
            var answer = Refuses is { } status
                ? Task.FromException<TResponse>(new RpcException(status))
                : Task.FromResult((TResponse)(object)new CreateInstanceResponse { InstanceId = Asked!.InstanceId });
            return new AsyncUnaryCall<TResponse>(answer, Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
        }

        public override TResponse BlockingUnaryCall<TRequest,
        TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            throw new NotSupportedException();

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest,
        TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options) =>
            throw new NotSupportedException();

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest,
        TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options) =>
            throw new NotSupportedException();

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest,
        TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            throw new NotSupportedException();
    }
}
