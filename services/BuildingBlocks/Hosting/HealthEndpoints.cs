using Governance.BuildingBlocks.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.BuildingBlocks.Hosting;

/// <summary>`/healthz/live`: the process answers. `/healthz/ready`: its database does too.</summary>
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
    }

    private static async Task ReadyAsync<TDb>(HttpContext http, IDbContextFactory<TDb> databases)
        where TDb : GovernanceDbContext
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(http.RequestAborted);
            await db.Ledger.AsNoTracking().Select(ledger => ledger.Epoch).SingleAsync(http.RequestAborted);
            await http.Response.WriteAsync("ready");
        }
        catch (Exception fault) when (!http.RequestAborted.IsCancellationRequested && fault is System.Data.Common.DbException or InvalidOperationException)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await http.Response.WriteAsync("database unavailable");
        }
    }
}
