using FsCheck;
using FsCheck.Fluent;

namespace FlexCrew.Tests;

/// <summary>Runs a property. A failure prints the shrunk case and the seed to replay it with <c>WithReplay</c>.</summary>
internal static class Properties
{
    public static void Hold<T>(Gen<T> gen, Func<T, IEnumerable<T>> shrink, Action<T> body, int runs = 500) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(runs), Prop.ForAll(Arb.From(gen, shrink), body));

    public static void Hold<T>(Gen<T> gen, Action<T> body, int runs = 500) => Hold(gen, _ => [], body, runs);

    /// <summary>A list with each single element left out.</summary>
    public static IEnumerable<IReadOnlyList<T>> WithoutOne<T>(this IReadOnlyList<T> list) =>
        Enumerable.Range(0, list.Count).Select(skipped => (IReadOnlyList<T>)[.. list.Where((_, index) => index != skipped)]);
}
