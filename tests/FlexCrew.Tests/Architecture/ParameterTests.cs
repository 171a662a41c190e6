using System.Reflection;
using System.Runtime.CompilerServices;
using FlexCrew.Sync;

namespace FlexCrew.Tests.Architecture;

/// <summary>
/// A call with many arguments cannot be read. Constructors do not count: records list their data, and what a container makes lists what
/// it is given.
/// </summary>
public sealed class ParameterTests
{
    private const int Most = 5;

    [Fact]
    public void No_method_has_more_than_five_parameters() => Assert.Empty(
        from type in typeof(SyncJobFlow).Assembly.GetTypes()
        where !type.IsDefined(typeof(CompilerGeneratedAttribute), false)
        from method in type.GetMethods(
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where IsWritten(method) && method.GetParameters().Length > Most
        select $"{type.FullName}.{method.Name} has {method.GetParameters().Length} parameters");

    // What the compiler adds has a name with < in it, or is the deconstruction of a record.
    private static bool IsWritten(MethodInfo method) =>
        !method.Name.Contains('<', StringComparison.Ordinal) && method.Name != "Deconstruct"
            && !method.IsDefined(typeof(CompilerGeneratedAttribute), false);
}
