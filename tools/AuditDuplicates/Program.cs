using AuditDuplicates;
using Microsoft.Extensions.Configuration;

return await AuditProgram.RunAsync(args, new ConfigurationBuilder().AddEnvironmentVariables().Build(), Console.Out, Console.Error);
