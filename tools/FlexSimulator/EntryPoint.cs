using System.CommandLine;
using System.Runtime.InteropServices;

namespace FlexSimulator;

internal static class EntryPoint
{
    /// <returns>0 when it was ended, 1 when it could not start or the command line is wrong.</returns>
    public static Task<int> Main(string[] arguments) => CommandLine.Command(RunAsync).Parse(arguments)
        .InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }); // StoppedAsync looks at the signals.

    private static async Task<int> RunAsync(CommandLine line)
    {
        try
        {
            await using var server = await FlexSimulatorServer.StartAsync(line.Options());
            if (line.IsVerbose) server.Log.Ended += Print;
            Prepare(server, line);
            await StoppedAsync();
            return 0;
        }
        catch (Exception wrong) when (wrong is IOException or FormatException)
        {
            await Console.Error.WriteLineAsync($"The simulator cannot start: {wrong.Message}");
            return 1;
        }
    }

    private static void Prepare(FlexSimulatorServer server, CommandLine line)
    {
        foreach (var id in line.CrewCalls) server.World.CreateCrewCall(id);
        if (line.IsDemo) DemoWorld.Fill(server.World);

        Console.WriteLine($"Flex API      {server.BaseUrl}");
        Console.WriteLine($"Control API   {server.ControlUrl}");
        Console.WriteLine($"Seed          {server.Seed}");
        foreach (var crewCall in server.World.CrewCalls)
            Console.WriteLine($"Crew call     {crewCall.Id} ({crewCall.Lines.Count} lines)");
    }

    private static void Print(LoggedRequest request)
    {
        var ending = request.Ending == RequestEnding.ClientGone ? "client gone" : "connection broken";
        var (committed, fault) = (request.Committed ? " committed" : "", request.Fault is { } given ? $" [{given}]" : "");
        Console.WriteLine(
            $"{request.At:HH:mm:ss.fff} {request.Method} {request.Path} -> {request.Status?.ToString() ?? ending}"
            + $"{committed}{fault} {request.Duration.TotalMilliseconds:0} ms");
    }

    private static async Task StoppedAsync()
    {
        var stopped = new TaskCompletionSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopped.TrySetResult();
        }
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await stopped.Task;
    }
}
