using FlexCrew.Tests;

namespace FlexCrew.IntegrationTests.Scripts;

/// <summary>
/// How <c>scripts/lib/functions.sh</c> comes to the Azure Functions Core Tools: in a folder and with programs of its own, so that nothing
/// that this machine has counts.
/// </summary>
public sealed class CoreToolsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("flexcrew-core-tools-");

    public CoreToolsTests()
    {
        Directory.CreateDirectory(Path.Combine(folder.FullName, "bin"));
        Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "scripts"), RepositoryFiles.PathOf("scripts"));
        foreach (var program in new[] { "bash", "mkdir", "grep", "chmod" })
            File.CreateSymbolicLink(Path.Combine(folder.FullName, "bin", program), Path.Combine("/usr/bin", program));
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task They_are_installed_by_npm_into_the_repositorys_own_folder_once()
    {
        Npm(
            """
            echo "$@" >>npm-was-asked
            mkdir -p .local/tools/func/node_modules/.bin
            printf '#!/usr/bin/bash\necho the tools\n' >.local/tools/func/node_modules/.bin/func
            chmod +x .local/tools/func/node_modules/.bin/func
            """);

        Assert.Equal((0, "the tools\n"), await RunAsync("core_tools && func"));
        Assert.Equal((0, "the tools\n"), await RunAsync("core_tools && func"));

        var asked = Assert.Single(await File.ReadAllLinesAsync(Path.Combine(folder.FullName, "npm-was-asked")));
        Assert.Contains(" azure-functions-core-tools@4", asked, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(folder.FullName, ".local", "tools", "func"), asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_npm_cannot_install_them_one_line_says_why()
    {
        Npm("printf 'npm error code 1\\nError: getaddrinfo ENOTFOUND cdn.example.com\\n    at errorAfter\\n'; exit 1");

        Assert.Equal(
            (1, "left out: the Azure Functions host: npm could not install the Azure Functions Core Tools (func): "
                + "Error: getaddrinfo ENOTFOUND cdn.example.com\n"),
            await RunAsync("core_tools"));
    }

    [Fact]
    public async Task Where_there_is_no_npm_one_line_says_so()
    {
        var (code, output) = await RunAsync("core_tools");

        Assert.Equal(1, code);
        Assert.Matches("^left out: [^\n]*npm is missing[^\n]*\n$", output);
    }

    private void Npm(string script)
    {
        var npm = Path.Combine(folder.FullName, "bin", "npm");
        File.WriteAllText(npm, $"#!/usr/bin/bash\n{script}\n");
        File.SetUnixFileMode(npm, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private Task<(int Code, string Output)> RunAsync(string commands)
    {
        var script = Path.Combine(folder.FullName, "commands");
        File.WriteAllText(
            script, $"cd '{folder.FullName}'\n. scripts/lib/common.sh\n. scripts/lib/processes.sh\n. scripts/lib/functions.sh\n{commands}\n");
        return Script.RunAsync(script, [], ("PATH", Path.Combine(folder.FullName, "bin")));
    }
}
