using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.BuildingBlocks.Hosting;

/// <summary>What a service is made of. A program has one; the Suite has all of them.</summary>
public abstract class ServiceDefinition
{
    private protected ServiceDefinition(ServiceEntry service) => Service = service;

    /// <summary>Names and ports.</summary>
    public ServiceEntry Service { get; }

    /// <summary>Defines a service.</summary>
    /// <param name="service">Names and ports.</param>
    /// <param name="build">Its gRPC services, event handlers, copies, own services and endpoints.</param>
    /// <typeparam name="TDb">Its abstract context.</typeparam>
    /// <typeparam name="TSqlite">The context for SQLite, with its migrations.</typeparam>
    /// <typeparam name="TSqlServer">The context for SQL Server, with its migrations.</typeparam>
    public static ServiceDefinition Create<TDb, TSqlite, TSqlServer>(ServiceEntry service, Action<ServiceBuilder<TDb>> build)
        where TDb : GovernanceDbContext
        where TSqlite : TDb
        where TSqlServer : TDb
    {
        var builder = new ServiceBuilder<TDb>(service);
        build(builder);
        return new Definition<TDb, TSqlite, TSqlServer>(service, builder);
    }

    internal abstract void AddTo(IServiceCollection services, ServiceSettings settings);

    internal abstract void MapTo(WebApplication app, ServiceSettings settings);

    internal abstract Task MigrateAsync(IServiceProvider services, CancellationToken ct);

    internal abstract Task PrepareAsync(IServiceProvider services, ServiceSettings settings, CancellationToken ct);
}
