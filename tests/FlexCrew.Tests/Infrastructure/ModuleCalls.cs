using FlexCrew.Tests.Infrastructure.Bicep;

namespace FlexCrew.Tests.Infrastructure;

/// <summary>Compares the call of a module with the module.</summary>
internal static class ModuleCalls
{
    public static IEnumerable<string> Faults(BicepStatement call, BicepFile module)
    {
        var given = BicepObject.KeysOf(call.Body, "params");
        var parameters = module.Of("param").ToList();
        return given.Except(parameters.Select(p => p.Name)).Select(name => $"{call.Name}: there is no parameter {name}")
            .Concat(parameters.Where(p => p.IsRequired).Select(p => p.Name).Except(given).Select(name => $"{call.Name}: {name} is not given"));
    }

    public static IEnumerable<string> MissingOutputs(BicepFile file)
    {
        var tokens = file.AllTokens().ToList();
        var modules = file.Of("module").ToDictionary(module => module.Name, module => BicepFile.Load(module.Path!));
        for (var i = 0; i + 4 < tokens.Count; i++)
        {
            var dot = tokens[i + 1].Is("!") ? i + 2 : i + 1;
            if (modules.TryGetValue(tokens[i].Text, out var module) && tokens[dot].Is(".") && tokens[dot + 1].IsWord("outputs")
                && module.Of("output").All(output => output.Name != tokens[dot + 3].Text))
                yield return $"{tokens[i].Text}.outputs.{tokens[dot + 3].Text}";
        }
    }
}
