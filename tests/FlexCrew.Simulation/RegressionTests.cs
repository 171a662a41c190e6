using FlexCrew.Simulation.Scenarios;

namespace FlexCrew.Simulation;

/// <summary>Seeds that once broke a promise. A change of how scenarios are made changes what they do.</summary>
public sealed class RegressionTests
{
    [Theory]
    [InlineData(16)] // An add whose mapping was committed, and whose answer was lost, was sent again.
    [InlineData(13)] // A stale-rows step that was delivered again deleted rows that were newer than the listing.
    [InlineData(305)] // An adopted contact whose role no listing tells lost the one that somebody had set by hand.
    [InlineData(36)] // A step that was delivered after the end of its run wrote, as long as nobody else had got the lease.
    [InlineData(16707)] // In a shared element, an add that was repeated took an older contact, and the one that was mapped was forgotten.
    [InlineData(67138)] // The same where a listing was empty that should not have been: it was added a third time.
    [InlineData(659156102)] // A step that was delivered after its run had ended without its fence wrote, as long as nobody else had got it.
    [InlineData(660153104)] // A contact that only a linked crew call mapped was remembered as placed by hand, and stayed for ever.
    [InlineData(661625636)] // A crew call was linked to another element, and runs of both elements wrote its rows.
    [InlineData(665905390)] // Another program mapped somebody without a resource id to a contact that the run had planned to delete.
    [InlineData(684940705)] // A crew call was linked to another element in the middle of an add, and nobody knew of the new contact.
    [InlineData(702041758)] // Of two contacts after an add without an answer, the one that somebody had placed by hand was taken for ours.
    [InlineData(702413519)] // The worker of an add died, and before the next one came the crew call was linked to another element.
    [InlineData(702751598)] // The same, where the answer was lost.
    [InlineData(703716848)] // The worker of an add died, and before the next run its technician got another resource id.
    [InlineData(704392872)] // Of two contacts, one that a linked crew call mapped was remembered as placed by hand.
    [InlineData(707169357)] // Another program placed and mapped a contact while a run adopted it, and it was remembered as placed by hand.
    [InlineData(702577747)] // Of two who shared a contact one got a new one, the other was assigned meanwhile, and lost the old one.
    public void Breaks_no_promise_any_more(int seed) => Assert.True(Simulation.Run(Scenario.Of(seed)).Breach is null, Report.Of(seed));
}
