using Governance.BuildingBlocks.Eventing;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Writing;
using Governance.Common.V1;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.BuildingBlocks.Operators;

/// <summary>A neighbour's signed audit head.</summary>
internal sealed class AuditHeadRoute<TDb>() : EventRoute<TDb>(AuditHeadPublished.Descriptor)
    where TDb : GovernanceDbContext
{
    public override bool IsControl => true;

    public override Task HandleAsync(IServiceProvider services, WriteUnit<TDb> unit, IncomingEvent incoming, CancellationToken ct) =>
        services.GetRequiredService<AuditHeads<TDb>>().KeepAsync(unit, (AuditHeadPublished)incoming.Message!, ct);
}
