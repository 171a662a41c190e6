namespace FlexSimulator;

internal static class EntryPoint
{
    public static async Task<int> Main()
    {
        await using var server = await FlexSimulatorServer.StartAsync(new FlexSimulatorOptions { Port = 5199 });
        Console.WriteLine(server.BaseUrl);
        await Task.Delay(Timeout.Infinite);
        return 0;
    }
}
