using System.Net;
using System.Net.Sockets;

namespace FlexCrew.IntegrationTests.Scripts;

/// <summary>How <c>scripts/run</c> begins. What comes of it is the smoke tests' part.</summary>
public sealed class RunTests
{
    /// <summary>Else it would wait for the host, be answered by whoever has the port, and say that it is ready.</summary>
    [Fact]
    public async Task A_port_that_is_taken_is_refused_before_anything_is_started()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        var (code, output) = await Script.RunAsync("scripts/run", ["--port", $"{((IPEndPoint)other.LocalEndpoint).Port}"]);

        Assert.Equal(1, code);
        Assert.Matches(@"^error: port \d+ is taken by another program; choose another one with --port\n$", output);
    }

    [Fact]
    public async Task A_port_that_is_no_number_is_refused()
    {
        var (code, output) = await Script.RunAsync("scripts/run", ["--port", "http"]);
        Assert.Equal((1, "error: --port needs a number, not 'http'\n"), (code, output));
    }
}
