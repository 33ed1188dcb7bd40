using Governance.BuildingBlocks.Persistence;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.EntityFrameworkCore;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Governance.BuildingBlocks.Hosting;

/// <summary>The standard gRPC health protocol; the whole server has one state, that of its database.</summary>
internal sealed class HealthApi<TDb>(IDbContextFactory<TDb> databases) : Health.HealthBase
    where TDb : GovernanceDbContext
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    public override async Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) =>
        new()
        {
            Status = await HealthEndpoints.IsReadyAsync(databases, context.CancellationToken)
            ? ServingStatus.Serving
            : ServingStatus.NotServing
        };

    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        ServingStatus? known = null;
        while (true)
        {
            var now = await Check(request, context);
            if (now.Status != known) await responseStream.WriteAsync(now, context.CancellationToken);
            known = now.Status;
            await Task.Delay(Look, context.CancellationToken);
        }
    }
}
