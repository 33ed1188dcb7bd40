using System.Collections.Concurrent;
using System.Diagnostics;
using Dapr;
using Dapr.Client;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Settings;
using Grpc.Net.Client;
using CloudEvent = Governance.BuildingBlocks.Writing.CloudEvent;

namespace Governance.BuildingBlocks.Eventing;

/// <summary>
/// Publishes CloudEvents through the sidecar, many in flight at once. By the call that takes bytes: it leaves the envelope as
/// it is, where those that take objects or several events give each an id of their own.
/// </summary>
internal sealed class DaprPublisher : IDisposable
{
    private const int InFlight = 128;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly DaprClient _sidecar;

    public DaprPublisher(ServiceSettings settings)
    {
        var builder = new DaprClientBuilder()
            .UseGrpcEndpoint(settings.DaprEndpoint.ToString())
            .UseGrpcChannelOptions(
                new GrpcChannelOptions { HttpHandler = Handler(), DisposeHttpClient = true, ThrowOperationCanceledOnCancellation = true });
        if (settings.DaprToken.Length > 0) builder.UseDaprApiToken(settings.DaprToken);
        _sidecar = builder.Build();
    }

    /// <returns>What was refused, with the reason, by event id. Everything, where the sidecar cannot be reached.</returns>
    public async Task<IReadOnlyDictionary<string, string>> PublishAsync(IReadOnlyList<OutboxRow> rows, CancellationToken ct)
    {
        var failed = new ConcurrentDictionary<string, string>();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        await Parallel.ForEachAsync(
            rows, new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = ct }, async (row, _) =>
            {
                if (await ProblemAsync(row, patience.Token) is { } problem) failed[row.Id] = problem;
            });
        ct.ThrowIfCancellationRequested();
        return failed;
    }

    public void Dispose() => _sidecar.Dispose();

    private async Task<string?> ProblemAsync(OutboxRow row, CancellationToken ct)
    {
        using var span = EventTraces.StartPublishing(row);
        var problem = await SendAsync(row, ct);
        if (problem is not null) span?.SetStatus(ActivityStatusCode.Error, problem);
        return problem;
    }

    private async Task<string?> SendAsync(OutboxRow row, CancellationToken ct)
    {
        try
        {
            await _sidecar.PublishByteEventAsync(
                ServiceCatalog.PubSub, row.Topic, row.Envelope, CloudEvent.MediaType, cancellationToken: ct);
            return null;
        }
        catch (DaprException refused)
        {
            return refused.InnerException?.Message ?? refused.Message;
        }
        catch (OperationCanceledException)
        {
            return $"No answer within {Patience.TotalSeconds:0} s.";
        }
    }

    private static SocketsHttpHandler Handler() => new()
    {
        EnableMultipleHttp2Connections = true,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
    };
}
