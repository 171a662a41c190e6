namespace FlexCrew.Sync;

/// <summary>
/// What a step answers. An expected failure is a value, never an exception: it crosses the boundary of an activity
/// with everything that decides whether another try makes sense.
/// </summary>
/// <typeparam name="T">What the step yields.</typeparam>
/// <param name="Value">The yield; null when it failed.</param>
/// <param name="Failure">Why it failed; null when it did not.</param>
/// <param name="FlexRequests">Requests it sent to Flex, failed ones included.</param>
/// <param name="Unknowns">Writes whose outcome was unknown at first.</param>
/// <param name="Passes">Attempts to write to Flex that passed the fence.</param>
public sealed record StepResult<T>(T? Value, Failure? Failure, int FlexRequests = 0, int Unknowns = 0, int Passes = 0)
    where T : class
{
    /// <summary>The same, after an earlier try of the step.</summary>
    public StepResult<T> After(StepResult<T>? earlier) => earlier is null ? this : this with
    {
        FlexRequests = FlexRequests + earlier.FlexRequests,
        Unknowns = Unknowns + earlier.Unknowns,
        Passes = Passes + earlier.Passes,
    };

    /// <summary>A step that failed before it did anything.</summary>
    public static StepResult<T> Failed(Failure failure) => new(null, failure);
}
