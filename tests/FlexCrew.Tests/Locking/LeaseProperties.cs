using FlexCrew.Locking;
using FsCheck.Fluent;

namespace FlexCrew.Tests.Locking;

public class LeaseProperties
{
    private static void Hold(Action<LeaseModel> check)
    {
        Properties.Hold(
            Gen.ListOf(LeaseModel.AnyStep).Select(steps => (IReadOnlyList<LeaseStep>)[.. steps]),
            steps => steps.WithoutOne(),
            steps =>
            {
                var model = new LeaseModel();
                foreach (var step in steps)
                {
                    model.Apply(step);
                    check(model);
                }
            },
            runs: 2000);
    }

    [Fact]
    public void At_most_one_run_holds_the_lease_whatever_is_asked() => Hold(model =>
    {
        if (model.Last is { Answer.Kind: LeaseAnswerKind.Granted } granted)
            Assert.True(model.Before.Holder is null || model.Before.Holder == granted.Holder);
        Assert.True(model.State.Holder is null || model.State.Holder == model.Holding);
    });

    [Fact]
    public void Tokens_strictly_grow_from_grant_to_grant_across_deleted_states_too() =>
        Hold(model => Assert.Equal(model.Tokens.Distinct().Order(), model.Tokens));

    [Fact]
    public void The_wrong_holder_or_token_changes_nothing() => Hold(model =>
    {
        if (model.Applied is LeaseStep.Forge) Assert.Equal(model.Before, model.State);
    });

    [Fact]
    public void Asking_again_as_the_holder_changes_nothing() => Hold(model =>
    {
        if (model.Last is { } ask && model.Before.Holder == ask.Holder)
        {
            Assert.Equal((LeaseAnswerKind.Granted, model.Before.Token), (ask.Answer.Kind, ask.Answer.Token));
            Assert.Equal(model.Before, model.State);
        }
    });

    [Fact]
    public void A_run_coalesces_only_with_one_that_was_granted_after_its_first_ask_completed_and_pruned_if_asked() => Hold(model =>
    {
        if (model.Last is { Answer.Kind: LeaseAnswerKind.Coalesced } ask)
            Assert.Contains(model.Completed, run =>
                run.Summary == ask.Answer.Summary && run.GrantedAt > ask.FirstAskedAt && (run.Pruned || !ask.Prunes));
    });

    [Fact]
    public void Whoever_can_coalesce_with_the_newest_run_is_not_made_to_run_again() => Hold(model =>
    {
        if (model.Last is { Answer.Kind: LeaseAnswerKind.Granted } ask && model.Before.Holder is null && ask.FirstAskedAt < model.Now
            && model.Before.LastCompleted is not null && model.DeletedAt < ask.FirstAskedAt)
            Assert.False(model.Completed[^1].GrantedAt > ask.FirstAskedAt && (model.Completed[^1].Pruned || !ask.Prunes));
    });
}
