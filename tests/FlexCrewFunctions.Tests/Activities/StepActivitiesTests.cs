using System.Reflection;
using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Planning;
using FlexCrew.Sync;
using FlexCrew.Tests.Sync.Fakes;
using FlexCrewFunctions.Activities;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace FlexCrewFunctions.Tests.Activities;

public class StepActivitiesTests
{
    private static readonly RoleInput Role = new(Runs.Context, Runs.Target, new RoleAssignment("line", Guid.Empty, "tecnico", "role"));

    private readonly Mock<ICrewSyncStep<RoleInput, RoleSet>> body = new();

    [Fact]
    public void Every_step_has_an_activity_of_its_name_that_takes_and_yields_what_the_step_does()
    {
        var steps = typeof(SyncSteps).GetFields().Select(field =>
        {
            var types = field.FieldType.GetGenericArguments();
            return (Name: (string)field.FieldType.GetProperty("Name")!.GetValue(field.GetValue(null))!, In: types[0], Out: types[1]);
        });
        var activities = typeof(StepActivities).GetMethods()
            .Select(method => (Method: method, Function: method.GetCustomAttribute<FunctionAttribute>()))
            .Where(pair => pair.Function is not null)
            .Select(pair => (
                pair.Function!.Name,
                In: pair.Method.GetParameters()
                    .Single(parameter => parameter.GetCustomAttribute<ActivityTriggerAttribute>() is not null).ParameterType,
                Out: pair.Method.ReturnType.GetGenericArguments()[0].GetGenericArguments()[0]));

        Assert.Equal(steps.OrderBy(step => step.Name), activities.OrderBy(activity => activity.Name));
    }

    [Fact]
    public async Task An_activity_runs_the_body_of_its_step_once()
    {
        body.Setup(step => step.RunAsync(Role, It.IsAny<FlexScope>(), It.IsAny<CancellationToken>())).ReturnsAsync(new RoleSet("line"));

        Assert.Equal("line", (await RunAsync()).Value?.LineItemId);
        body.Verify(
            step => step.RunAsync(Role, It.Is<FlexScope>(scope => scope.CorrelationId == "correlation"), It.IsAny<CancellationToken>()),
            Times.Once);
    }

    [Fact]
    public async Task An_expected_failure_leaves_the_activity_as_a_value()
    {
        var refused = new FlexCrew.Failure(FlexCrew.FailureKind.FlexToken, "The token has expired", Status: 403);
        body.Setup(step => step.RunAsync(Role, It.IsAny<FlexScope>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new StepFailedException(refused));

        Assert.Equal(refused, (await RunAsync()).Failure);
    }

    [Fact]
    public async Task A_failed_query_leaves_the_activity_as_a_value_too()
    {
        var failed = new DatabaseException("crew rows", "timeout", isTransient: true);
        body.Setup(step => step.RunAsync(Role, It.IsAny<FlexScope>(), It.IsAny<CancellationToken>())).ThrowsAsync(failed);

        Assert.Equal(FlexCrew.FailureKind.Database, (await RunAsync()).Failure?.Kind);
    }

    [Fact]
    public async Task What_nobody_foresaw_leaves_it_as_an_exception_that_the_retry_policy_sees()
    {
        body.Setup(step => step.RunAsync(Role, It.IsAny<FlexScope>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new InvalidOperationException());

        await Assert.ThrowsAsync<InvalidOperationException>(RunAsync);
    }

    private Task<StepResult<RoleSet>> RunAsync()
    {
        var services = new ServiceCollection().AddSingleton(body.Object).BuildServiceProvider();
        return new StepActivities(services, new StepRunner(NullLogger<StepRunner>.Instance)).SetRoleAsync(Role, CancellationToken.None);
    }
}
