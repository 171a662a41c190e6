using System.Runtime.InteropServices;

namespace FlexSimulator;

internal static class EntryPoint
{
    /// <returns>0 when it was ended, 1 when it could not start, 2 when the command line is wrong.</returns>
    public static async Task<int> Main(string[] arguments)
    {
        CommandLine line;
        try
        {
            line = CommandLine.Parse(arguments);
        }
        catch (FormatException wrong)
        {
            await Console.Error.WriteLineAsync($"{wrong.Message} See --help.");
            return 2;
        }
        if (line.AsksForHelp)
        {
            Console.WriteLine(CommandLine.Help);
            return 0;
        }

        try
        {
            await using var server = await FlexSimulatorServer.StartAsync(line.Options);
            if (line.Verbose) server.Log.Ended += Print;
            Prepare(server, line);
            await StoppedAsync();
            return 0;
        }
        catch (IOException taken)
        {
            await Console.Error.WriteLineAsync($"The simulator cannot start: {taken.Message}");
            return 1;
        }
    }

    private static void Prepare(FlexSimulatorServer server, CommandLine line)
    {
        foreach (var id in line.CrewCalls.Distinct(StringComparer.OrdinalIgnoreCase)) server.World.CreateCrewCall(id);
        if (line.Demo) DemoWorld.Fill(server.World);

        Console.WriteLine($"Flex API      {server.BaseUrl}");
        Console.WriteLine($"Control API   {server.ControlUrl}");
        Console.WriteLine($"Seed          {server.Seed}");
        foreach (var crewCall in server.World.CrewCalls)
            Console.WriteLine($"Crew call     {crewCall.Id} ({crewCall.Lines.Count} lines)");
    }

    private static void Print(LoggedRequest request) => Console.WriteLine(
        $"{request.At:HH:mm:ss.fff} {request.Method} {request.Path} -> "
        + $"{(request.Status is { } status ? $"{status}" : request.Ending == RequestEnding.ClientGone ? "client gone" : "connection broken")}"
        + $"{(request.Committed ? " committed" : "")}{(request.Fault is { } fault ? $" [{fault}]" : "")} {request.Duration.TotalMilliseconds:0} ms");

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
