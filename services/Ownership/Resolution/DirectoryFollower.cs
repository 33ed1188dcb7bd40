using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Contracts;
using Governance.Ownership.Escalation;
using Governance.Ownership.History;
using Governance.Ownership.HolidayCalendars;
using Governance.Ownership.Parties;
using Governance.Ownership.Persistence;

namespace Governance.Ownership.Resolution;

/// <summary>Raises the stamp when a write touches what <see cref="PartyDirectory"/> holds.</summary>
internal sealed class DirectoryFollower : IFollow<OwnershipDb>
{
    public Task FollowAsync(WriteUnit<OwnershipDb> unit, Changes changes, CancellationToken ct)
    {
        var isTouched = changes.Of<Party>().Any()
            || changes.Of<Contract>().Any()
            || changes.Of<HolidayCalendar>().Any()
            || changes.Of<EscalationPolicy>().Any()
            || changes.Of<RevisionRow>()
                .Any(change => !(change.Now ?? change.Before)!.Resource.StartsWith("components/", StringComparison.Ordinal));
        if (isTouched) unit.BumpStamp();
        return Task.CompletedTask;
    }
}
