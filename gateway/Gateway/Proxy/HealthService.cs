using Governance.Gateway.Transcoding;
using Grpc.Core;
using Grpc.Health.V1;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Governance.Gateway.Proxy;

/// <summary>
/// Health of the gateway itself (the empty name) and of the services behind it, by short name (<c>windows</c>) or by
/// gRPC name (<c>governance.windows.v1.Windows</c>), asked of them when it is asked here.
/// </summary>
internal sealed class HealthService(Upstreams upstreams, RpcCatalog catalog, TimeProvider clock) : Health.HealthBase
{
    private const string CheckPath = "/grpc.health.v1.Health/Check";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    public override async Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        var status = await StatusAsync(request.Service, context.CancellationToken);
        return status is ServingStatus.ServiceUnknown
            ? throw new RpcException(new Grpc.Core.Status(StatusCode.NotFound, $"There is no service '{request.Service}' here."))
            : new HealthCheckResponse { Status = status };
    }

    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        ServingStatus? last = null;
        try
        {
            while (true)
            {
                var status = await StatusAsync(request.Service, context.CancellationToken);
                if (status != last)
                {
                    await responseStream.WriteAsync(new HealthCheckResponse { Status = status }, context.CancellationToken);
                }
                last = status;
                await Task.Delay(Interval, clock, context.CancellationToken);
            }
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            return;
        }
    }

    /// <summary>The state of one service; it counts as serving when it answers at all without saying otherwise.</summary>
    public async Task<ServingStatus> StatusAsync(string name, CancellationToken cancellation)
    {
        if (name.Length == 0)
        {
            return ServingStatus.Serving;
        }
        var service = upstreams.Names.Contains(name)
            ? name
            : catalog.Methods.FirstOrDefault(method => method.Descriptor.Service.FullName == name)?.Service;
        if (service is null)
        {
            return ServingStatus.ServiceUnknown;
        }
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            using var call = await GrpcCall.StartAsync(upstreams.Invoker, upstreams.Get(service), CheckPath,
                new ReadOnlyMemoryContent(new WireBuffer().Frame()), new GrpcCallSettings(null, Patience, 1024), patience.Token);
            var answer = await call.ReadAsync(patience.Token);
            return answer is { } bytes ? HealthCheckResponse.Parser.ParseFrom(bytes.Span).Status : ServingStatus.NotServing;
        }
        catch (RpcFailure failure)
        {
            return failure.Code is StatusCode.Unimplemented or StatusCode.NotFound ? ServingStatus.Serving : ServingStatus.NotServing;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return ServingStatus.NotServing;
        }
    }
}
