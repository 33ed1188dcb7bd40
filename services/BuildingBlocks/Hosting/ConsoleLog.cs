using Microsoft.Extensions.Logging;

namespace Governance.BuildingBlocks.Hosting;

/// <summary>
/// The log of every program: one line an entry, UTC, on standard error, so that standard output is left to what a program says.
/// </summary>
public static class ConsoleLog
{
    /// <summary>Logs to the console.</summary>
    public static ILoggingBuilder AddConsoleLog(this ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        });
        logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        return logging
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Grpc", LogLevel.Warning)
            .AddFilter("Yarp", LogLevel.Warning);
    }
}
