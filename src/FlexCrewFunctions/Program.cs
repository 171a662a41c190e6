using FlexCrew.Hosting;
using FlexCrew.Telemetry;
using FlexCrewFunctions.Http;
using FlexCrewFunctions.Telemetry;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
if (!StartCheck.Passes(builder.Configuration, Console.Error))
    return 1;

builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<InvocationScope>();
builder.Services.AddFlexCrew(builder.Configuration);
builder.Services.AddSingleton<SettledRuns>();
builder.Services.AddFlexCrewTelemetry(builder.Configuration).UseFunctionsWorkerDefaults().ExportToAzureMonitor(builder.Configuration);
await builder.Build().RunAsync();
return 0;
