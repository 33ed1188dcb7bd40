using System.Net;
using System.Runtime.InteropServices;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Settings;

namespace Governance.Suite;

/// <summary>The Suite's life: check, start, say `ready`, run until told to stop.</summary>
internal static class SuiteProgram
{
    private const int Misused = 2;

    public static async Task<int> RunAsync(SuiteOptions options, CancellationToken ct)
    {
        if (options.Faults().ToList() is { Count: > 0 } faults)
        {
            return Refuse(faults);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        try
        {
            var catalogue = options.Components is { } file ? await ComponentsFile.OpenAsync(file, stop.Token) : null;
            await using var suite = await SuiteHost.StartAsync(options, stop.Token);
            if (!options.MigrateOnly)
            {
                await ServeAsync(suite, options, catalogue, stop.Token);
            }

            return 0;
        }
        catch (Exception fault) when (fault is SuiteFault or SettingsFault or DatabaseFault or IOException or UnauthorizedAccessException)
        {
            return Refuse([fault.Message]);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
    }

    private static async Task ServeAsync(SuiteHost suite, SuiteOptions options, ComponentsFile? catalogue, CancellationToken stop)
    {
        if (catalogue is not null)
        {
            await catalogue.ImportAsync(suite, stop);
        }

        var address = options.Listen.Equals(IPAddress.Any) ? IPAddress.Loopback : options.Listen;
        var scheme = options.Tls is null ? "http" : "https";
        Console.WriteLine($"ready {scheme}://{new IPEndPoint(address, suite.HttpPort)} grpc {new IPEndPoint(address, suite.GrpcPort)}");
        if (suite.SignInPath is { } path)
        {
            Console.WriteLine($"sign in once at {scheme}://{new IPEndPoint(address, suite.HttpPort)}{path}");
        }

        if (options.Demo)
        {
            Console.WriteLine(await suite.FillWithDemoAsync(stop)
                ? $"demo: an invented retailer is in {options.Data.FullName}; stop the Suite and delete that folder to be rid of it"
                : "demo: this installation is not empty, so it was left as it is");
        }

        await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true;
        stop.Cancel();
    }

    private static int Refuse(IEnumerable<string> faults)
    {
        foreach (var fault in faults)
        {
            Console.Error.WriteLine(fault);
        }

        return Misused;
    }
}
