using System.Data.Common;
using Governance.BuildingBlocks.Persistence;
using Grpc.AspNetCore.Server;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.BuildingBlocks.Hosting;

/// <summary>
/// `/healthz/live`: the process answers. `/healthz/ready` and the gRPC health protocol: its database does too. What a service
/// maps itself goes before.
/// </summary>
internal static class HealthEndpoints
{
    public static void Map<TDb>(IEndpointRouteBuilder routes)
        where TDb : GovernanceDbContext
    {
        var databases = routes.ServiceProvider.GetRequiredService<IDbContextFactory<TDb>>();
        RequestDelegate live = http => http.Response.WriteAsync("live");
        RequestDelegate ready = http => ReadyAsync(http, databases);
        routes.MapGet("/healthz/live", live);
        routes.MapGet("/healthz/ready", ready);
        routes.MapGet("/healthz", ready);
        if (!ServesHealth(routes)) routes.MapGrpcService<HealthApi<TDb>>();
    }

    public static async Task<bool> IsReadyAsync<TDb>(IDbContextFactory<TDb> databases, CancellationToken ct)
        where TDb : GovernanceDbContext
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            await db.Ledger.AsNoTracking().Select(ledger => ledger.Epoch).SingleAsync(ct);
            return true;
        }
        catch (Exception fault) when (!ct.IsCancellationRequested && fault is DbException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool ServesHealth(IEndpointRouteBuilder routes) => routes.DataSources
        .SelectMany(source => source.Endpoints)
        .Any(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.ServiceName == Health.Descriptor.FullName);

    private static async Task ReadyAsync<TDb>(HttpContext http, IDbContextFactory<TDb> databases)
        where TDb : GovernanceDbContext
    {
        var ready = await IsReadyAsync(databases, http.RequestAborted);
        if (!ready) http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        await http.Response.WriteAsync(ready ? "ready" : "the database does not answer");
    }
}
