using System.Reflection;
using System.Runtime.CompilerServices;
using FlexCrew.Sync;

namespace FlexCrew.Tests.Architecture;

/// <summary>
/// A call with many arguments cannot be read, and a class that needs many others does too much. The constructor of a record does not
/// count: it lists the record's data.
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

    [Fact]
    public void No_class_is_made_of_more_than_five_others() => Assert.Empty(
        from type in typeof(SyncJobFlow).Assembly.GetTypes()
        where !type.IsDefined(typeof(CompilerGeneratedAttribute), false) && type.GetMethod("<Clone>$") is null && !type.IsValueType
        from constructor in type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
        where constructor.GetParameters().Length > Most
        select $"{type.FullName} is made of {constructor.GetParameters().Length}");

    // What the compiler adds has a name with < in it, or is the deconstruction of a record.
    private static bool IsWritten(MethodInfo method) =>
        !method.Name.Contains('<', StringComparison.Ordinal) && method.Name != "Deconstruct"
            && !method.IsDefined(typeof(CompilerGeneratedAttribute), false);
}
