using Governance.Suite;

var command = SuiteOptions.Command(SuiteProgram.RunAsync);
return await command.Parse(args).InvokeAsync(new System.CommandLine.InvocationConfiguration { ProcessTerminationTimeout = null });
