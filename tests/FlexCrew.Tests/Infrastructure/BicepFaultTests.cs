using FlexCrew.Tests.Infrastructure.Bicep;

namespace FlexCrew.Tests.Infrastructure;

/// <summary>The checks of the template find what they look for.</summary>
public sealed class BicepFaultTests
{
    [Theory]
    [InlineData("var a = {\n  b: [1\n}\n")]
    [InlineData("var a = 'open\n")]
    [InlineData("var a = 'x${take('y', 1)'\n")]
    [InlineData("var a = '''open\n")]
    [InlineData("var a = (1 + 2))\n")]
    public void What_does_not_close_is_found(string text) => Assert.Throws<BicepSyntaxException>(() => BicepFile.Parse(text));

    [Fact]
    public void A_parameter_that_nobody_uses_is_found() =>
        Assert.Equal(["b"], BicepSymbols.Unused(BicepFile.Parse("param a string\nparam b string\nvar c = { b: a }\noutput d object = c\n")));

    [Fact]
    public void A_name_that_is_used_inside_a_string_only_is_used() =>
        Assert.Empty(BicepSymbols.Unused(BicepFile.Parse("param a string\noutput d string = 'x-${toLower(a)}'\n")));

    [Fact]
    public void A_name_that_is_not_declared_is_found() =>
        Assert.Equal(["missing", "other"], BicepSymbols.Undeclared(BicepFile.Parse("param a bool\nvar b = a ? missing : '${other.id}'\noutput c string = b\n")));

    [Fact]
    public void Loop_variables_and_lambda_parameters_are_declared() =>
        Assert.Empty(BicepSymbols.Undeclared(BicepFile.Parse("param l string[]\nvar b = map(l, x => '${x}!')\nvar c = [for (y, i) in l: '${y}${i}']\n")));

    [Fact]
    public void A_module_parameter_that_is_missing_or_unknown_is_found()
    {
        var call = BicepFile.Parse("module m 'm.bicep' = {\n  params: {\n    a: 1\n    c: { b: 2 }\n  }\n}\n").Of("module").Single();
        var module = BicepFile.Parse("param a int\nparam b int\nparam d int = 1\nparam e int?\n");
        Assert.Equal(["m: there is no parameter c", "m: b is not given"], ModuleCalls.Faults(call, module));
    }
}
