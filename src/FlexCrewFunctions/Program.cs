using FlexCrew.Hosting;
using FlexCrew.Telemetry;
using FlexCrewFunctions.Http;
using FlexCrewFunctions.Telemetry;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
if (FlexCrewServices.Problems(builder.Configuration) is { Count: > 0 } problems)
{
    foreach (var problem in problems) Console.Error.WriteLine(problem);
    return 1;
}

builder.ConfigureFunctionsWebApplication();
builder.Services.AddFlexCrew(builder.Configuration);
builder.Services.AddSingleton<SettledRuns>();
builder.Services.AddFlexCrewTelemetry(builder.Configuration).UseFunctionsWorkerDefaults().ExportToAzureMonitor(builder.Configuration);
await builder.Build().RunAsync();
return 0;
