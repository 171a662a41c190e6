using FlexCrew.Hosting;
using FlexCrew.LocalHost;

if (!StartCheck.Passes(new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build(), Console.Error))
    return 1;

await LocalHostApp.Create(args).RunAsync();
return 0;
