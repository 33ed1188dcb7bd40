using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Governance.BuildingBlocks.Hosting;

/// <summary>
/// Looks again and again whether there is something to do. A look that fails is logged and repeated after the pause; one that fails
/// because the service stops, perhaps with its database gone in the middle of it, is not worth a word.
/// </summary>
/// <param name="pause">Between the end of one look and the next.</param>
/// <param name="log">Takes failures.</param>
public abstract partial class PollingWorker(TimeSpan pause, ILogger log) : BackgroundService
{
    /// <summary>One look. It writes only when there is something to do.</summary>
    protected abstract Task LookAsync(CancellationToken ct);

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception fault)
            {
                if (!stoppingToken.IsCancellationRequested) Failed(log, fault);
            }

            await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What is due could not be done; it is tried again")]
    private static partial void Failed(ILogger log, Exception fault);
}
