using Governance.BuildingBlocks.Eventing;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Operators;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Settings;
using Governance.BuildingBlocks.Writing;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.BuildingBlocks.Hosting;

/// <summary>Wires the building blocks for one database type.</summary>
internal sealed class Definition<TDb, TSqlite, TSqlServer>(ServiceEntry service, ServiceBuilder<TDb> builder) : ServiceDefinition(service)
    where TDb : GovernanceDbContext
    where TSqlite : TDb
    where TSqlServer : TDb
{
    internal override void AddTo(IServiceCollection services, ServiceSettings settings)
    {
        AddPersistence(services, settings);
        AddEventing(services, settings);
        services.AddSingleton<HealthApi<TDb>>();
        services.AddSingleton(provider => new Followers<TDb>(provider, builder.Followers));
        services.AddSingleton<UnitSave>();
        services.AddSingleton<UnitRunner<TDb>>();
        services.AddSingleton(provider => new Writes<TDb>(provider.GetRequiredService<UnitRunner<TDb>>(), Service));
        services.AddSingleton<Imports<TDb>>();
        services.AddSingleton<OperationsCalls, OperationsCalls<TDb>>();
        services.AddSingleton(new HeadSigner(settings.AuditKeyFile));
        services.AddSingleton<AuditHeads<TDb>>();
        services.AddHostedService<Housekeeping<TDb>>();
        builder.AddTo(services);
    }

    internal override void MapTo(WebApplication app, ServiceSettings settings)
    {
        DaprEndpoints.Map<TDb>(app, settings.AppToken);
        builder.MapTo(app);
        HealthEndpoints.Map<TDb>(app);
    }

    internal override Task MigrateAsync(IServiceProvider services, CancellationToken ct) =>
        services.GetRequiredService<Migrator<TDb>>().MigrateAsync(ct);

    internal override async Task PrepareAsync(IServiceProvider services, ServiceSettings settings, CancellationToken ct)
    {
        if (settings.Migrate == MigrationMode.Check) await services.GetRequiredService<Migrator<TDb>>().CheckAsync(ct);
        else await MigrateAsync(services, ct);
        await CheckFollowersAsync(services, ct);
        if (settings.RaiseEpoch) await services.GetRequiredService<Republisher<TDb>>().RaiseEpochAsync(ct);
    }

    private static async Task CheckFollowersAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<TDb>>().CreateDbContextAsync(ct);
        services.GetRequiredService<Followers<TDb>>().Check(db.Model);
    }

    private void AddPersistence(IServiceCollection services, ServiceSettings settings)
    {
        services.AddSingleton(settings.Database);
        services.AddSingleton<IDbContextFactory<TDb>, ProviderFactory<TDb, TSqlite, TSqlServer>>();
        services.AddSingleton<Migrator<TDb>>();
        services.AddSingleton<WriteLock>();
        if (settings.Database.IsSqlite) services.AddSingleton<Lease, SqliteLease>();
        else services.AddSingleton<Lease, SqlServerLease<TDb>>();
    }

    private void AddEventing(IServiceCollection services, ServiceSettings settings)
    {
        services.AddSingleton(Service);
        services.AddSingleton<DaprPublisher>();
        DaprEndpoints.Add(services, settings.AppToken);
        services.AddSingleton<OutboxWriter>();
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<OutboxTrim<TDb>>();
        services.AddSingleton(provider => builder.Subscriptions());
        services.AddSingleton<InboxWriter<TDb>>();
        services.AddSingleton<Inbox<TDb>>();
        services.AddSingleton<DeadLetters<TDb>>();
        services.AddSingleton<Republisher<TDb>>();
        services.AddHostedService(provider => provider.GetRequiredService<Inbox<TDb>>());
        services.AddHostedService<OutboxDispatcher<TDb>>();
        services.AddHostedService(provider => provider.GetRequiredService<Republisher<TDb>>());
        services.AddHostedService<NeighbourWatch<TDb>>();
        services.AddHostedService<EventGauges<TDb>>();
    }
}
