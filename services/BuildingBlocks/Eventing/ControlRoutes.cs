using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Writing;
using Governance.Common.V1;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.BuildingBlocks.Eventing;

/// <summary>What every service listens to beside its own business.</summary>
internal static class ControlRoutes
{
    public static void Add<TDb>(Subscriptions<TDb> subscriptions)
        where TDb : GovernanceDbContext
    {
        subscriptions.Add(null, new RepublishRequestedRoute<TDb>());
        subscriptions.Add(null, new RepublishCompletedRoute<TDb>());
    }
}

/// <summary>A neighbour asks for everything.</summary>
internal sealed class RepublishRequestedRoute<TDb>() : EventRoute<TDb>(RepublishRequested.Descriptor)
    where TDb : GovernanceDbContext
{
    public override bool IsControl => true;

    public override async Task HandleAsync(IServiceProvider services, WriteUnit<TDb> unit, IncomingEvent incoming, CancellationToken ct)
    {
        var asked = (RepublishRequested)incoming.Message!;
        if (asked.Owner == services.GetRequiredService<Subscriptions<TDb>>().Service.Name)
        {
            await services.GetRequiredService<Republisher<TDb>>().BeginAsync(unit, ct);
        }
    }
}

/// <summary>The end of a neighbour's republish; the inbox counts it.</summary>
internal sealed class RepublishCompletedRoute<TDb>() : EventRoute<TDb>(RepublishCompleted.Descriptor)
    where TDb : GovernanceDbContext
{
    public override Task HandleAsync(IServiceProvider services, WriteUnit<TDb> unit, IncomingEvent incoming, CancellationToken ct) =>
        Task.CompletedTask;
}
