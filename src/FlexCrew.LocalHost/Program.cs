using FlexCrew.Hosting;
using FlexCrew.LocalHost;

if (FlexCrewServices.Problems(new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build()) is { Count: > 0 } problems)
{
    foreach (var problem in problems) Console.Error.WriteLine(problem);
    return 1;
}

await LocalHostApp.Create(args).RunAsync();
return 0;
