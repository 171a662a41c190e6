using FlexCrew.Flex;
using FlexCrew.Simulation.Modelling;
using FlexCrew.Simulation.Scenarios;
using FlexCrew.Sync;

namespace FlexCrew.Simulation.Running;

/// <summary>
/// The requests of one step to the Flex of the world. A request that is under way goes its way whatever becomes of
/// the step: it may be carried out when nobody waits for it any more.
/// </summary>
internal sealed class FlexPort(World world, StepExecution by) : IFlexApi
{
    private static readonly Failure Unavailable = new(FailureKind.FlexUnavailable, "Flex answered HTTP 503", Retryable: true, Status: 503);
    private static readonly Failure NoAnswer = new(FailureKind.FlexUnavailable, "Flex did not answer within 15 s", Retryable: true);
    private static readonly Failure Rejected = new(FailureKind.FlexRejected, "Flex answered HTTP 409", Status: 409);
    private static readonly Failure LoginPage = new(FailureKind.FlexToken, "The Flex token was refused (login page)");
    private static readonly Failure Unreadable = new(
        FailureKind.FlexUnreadable, "Flex answered with malformed or incomplete JSON", Retryable: true);
    private static readonly Failure NotFound = new(FailureKind.FlexRejected, "Flex answered HTTP 404", Status: 404);

    public Task<FlexRead<IReadOnlyList<FlexContact>>> ListAsync(
        FlexListing listing, string elementId, FlexScope scope, CancellationToken cancellation)
    {
        scope.CountRequest();
        var name = by.NextOperation("list");
        var fate = world.Shape.Unsupported.Contains(listing) ? ListFate.Shown : world.Faults.OfListing(name);
        if (fate == ListFate.Empty && listing != FlexListing.RowData) fate = ListFate.Unavailable;
        var (there, back) = (Way(name), Way(name + "<"));
        var answer = new TaskCompletionSource<FlexRead<IReadOnlyList<FlexContact>>>();
        world.Scheduler.After(there, () =>
        {
            var read = Look(listing, elementId, fate);
            world.Scheduler.After(fate == ListFate.Hangs ? FlexWrite.Patience - there : back, () =>
            {
                world.Note(by.Name, $"{listing} of {elementId}: {Show(read)}");
                answer.TrySetResult(read);
            });
        });
        return answer.Task;
    }

    public Task<WriteOutcome> AddResourceAsync(string elementId, string resourceId, FlexScope scope, CancellationToken cancellation) =>
        WriteAsync("add", $"add {resourceId} to {elementId}", [], scope, write =>
        {
            world.Judge.Duplicates.Adding(write, elementId, resourceId);
            return new WriteOutcome.Applied(world.Flex.Add(elementId, resourceId, world.Now, write).Id);
        });

    public Task<WriteOutcome> SetBusinessRoleAsync(
        string elementId, string lineItemId, string roleId, FlexScope scope, CancellationToken cancellation) =>
        WriteAsync("role", $"role of {lineItemId}", [], scope, write =>
        {
            if (world.Flex.Find(lineItemId) is not var (_, line)) return new WriteOutcome.NotApplied(NotFound);
            world.Judge.Foreigners.SettingRole(write, line);
            world.Flex.SetRole(line, roleId);
            line.RoleByHand = null;
            return new WriteOutcome.Applied(lineItemId);
        });

    public Task<WriteOutcome> DeleteAsync(string lineItemId, FlexScope scope, CancellationToken cancellation) =>
        WriteAsync("delete", $"delete {lineItemId}", [lineItemId], scope, write => Delete(write, [lineItemId]));

    public Task<WriteOutcome> DeleteManyAsync(
        IReadOnlyCollection<string> lineItemIds, string key, FlexScope scope, CancellationToken cancellation) =>
        WriteAsync("bulk", $"delete {string.Join(", ", lineItemIds)} by {key}", lineItemIds, scope, write =>
            key == world.Shape.BulkKey ? Delete(write, write.LineItemIds)
            : world.Shape.RefusesOtherKeys ? new WriteOutcome.NotApplied(NotFound)
            : new WriteOutcome.Applied());

    private WriteOutcome Delete(FlexWrite write, IReadOnlyCollection<string> lineItemIds)
    {
        foreach (var id in lineItemIds)
        {
            if (world.Flex.Find(id) is not var (element, line)) continue;
            world.Flex.Remove(element, line, world.Now);
            world.Judge.Losses.Deleted(element, line.Resource);
            world.Judge.Foreigners.Deleted(write, line);
        }

        return new WriteOutcome.Applied();
    }

    private async Task<WriteOutcome> WriteAsync(
        string kind, string what, IReadOnlyCollection<string> deletes, FlexScope scope, Func<FlexWrite, WriteOutcome> commit)
    {
        var askedAt = world.Now;
        if (await scope.AskGuardAsync(deletes, CancellationToken.None) is { } refusal)
        {
            world.Note(by.Name, $"{what}: withheld, {refusal.Kind}: {refusal.Message}");
            return new WriteOutcome.NotApplied(refusal);
        }

        scope.CountRequest();
        var name = by.NextOperation(kind);
        var write = Send(name, [.. deletes.Except(scope.Spared)], askedAt);
        var fate = world.Faults.OfWrite(name);
        var (there, back) = (Way(name), Way(name + "<"));
        var hangs = fate is WriteFate.HangsAndIsDone
            || (fate is WriteFate.LostBefore or WriteFate.LostAfter && world.Dice.Of(name + "hang") < 0.3);
        var answered = hangs ? FlexWrite.Patience : there + back;
        TimeSpan? committed = fate switch
        {
            WriteFate.Done or WriteFate.LostAfter or WriteFate.DoneWithoutId => there,
            WriteFate.HangsAndIsDone => world.Dice.Between(name + "commit", 0, 14.9),
            WriteFate.CommitsLate => answered + world.Dice.Between(name + "commit", 0.1, 40),
            _ => null,
        };
        WriteOutcome? result = null;
        if (committed is { } after)
        {
            world.Scheduler.After(after, () =>
            {
                write.CommittedAt = world.Now;
                world.Note(by.Name, $"{what}: Flex does it now");
                result = commit(write);
            });
        }

        var answer = new TaskCompletionSource<WriteOutcome>();
        world.Scheduler.After(answered, () =>
        {
            write.AnsweredAt = world.Now;
            world.Judge.Writers.Ended(name);
            var outcome = Outcome(fate, result);
            world.Note(by.Name, $"{what}: {fate} → {outcome.GetType().Name}");
            answer.TrySetResult(outcome);
        });
        return await answer.Task;
    }

    private FlexWrite Send(string name, IReadOnlyCollection<string> deletes, DateTimeOffset guardedAt)
    {
        world.Judge.Writers.Sends(by, name);
        by.HasWritten = true;
        var evidence = by.ListedAt is { } own && own > by.Run.ListedAt ? own : by.Run.ListedAt;
        var write = new FlexWrite(
            by, name, world.Now, evidence, by.Misled || by.Run.Misled)
        { LineItemIds = deletes, GuardedAt = guardedAt };
        world.Judge.Losses.Sends(write);
        return write;
    }

    private FlexRead<IReadOnlyList<FlexContact>> Look(FlexListing listing, string element, ListFate fate)
    {
        if (world.Shape.Unsupported.Contains(listing)) return FlexRead<IReadOnlyList<FlexContact>>.Failed(NotFound);
        var failure = fate switch
        {
            ListFate.Unavailable => Unavailable,
            ListFate.Hangs => NoAnswer,
            ListFate.LoginPage => LoginPage,
            ListFate.Unreadable => Unreadable,
            _ => null,
        };
        if (failure is not null) return FlexRead<IReadOnlyList<FlexContact>>.Failed(failure);

        var isFirst = by.ListedAt is null;
        by.ListedAt = world.Now;
        by.Misled |= fate == ListFate.Empty;
        if (listing == FlexListing.RowData) by.RolesListedAt = world.Now;
        if (by.Step == SyncSteps.Resolve.Name && by is { IsLate: false, WasKilled: false })
        {
            (by.Run.ListedAt, by.Run.Misled) = (world.Now, by.Misled);
            if (isFirst) by.Run.FirstListedAt = world.Now;
        }

        return FlexRead<IReadOnlyList<FlexContact>>.Of(fate == ListFate.Empty
            ? []
            : [.. world.Flex.Of(element)
                .Select(line => new FlexContact(line.Id, line.Resource, listing == FlexListing.RowData ? line.Role : null))]);
    }

    private static WriteOutcome Outcome(WriteFate fate, WriteOutcome? result) => fate switch
    {
        WriteFate.Done => result!,
        WriteFate.Refused => new WriteOutcome.NotApplied(Rejected),
        WriteFate.Unavailable => new WriteOutcome.NotApplied(Unavailable),
        WriteFate.TokenRefused => new WriteOutcome.NotApplied(LoginPage),
        WriteFate.DoneWithoutId => new WriteOutcome.Unknown(Unreadable),
        _ => new WriteOutcome.Unknown(NoAnswer),
    };

    private TimeSpan Way(string name) => world.Latency(name, 0.15, 6);

    private static string Show(FlexRead<IReadOnlyList<FlexContact>> read) =>
        read.Failure?.Message ?? $"[{string.Join(", ", read.Value!.Select(contact => $"{contact.LineItemId}={contact.ResourceId}"))}]";
}
