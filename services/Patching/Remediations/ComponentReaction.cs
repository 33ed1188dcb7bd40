using Governance.BuildingBlocks.Eventing;
using Governance.BuildingBlocks.Writing;
using Governance.Patching.Neighbours;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;
using State = Governance.Patching.V1.Remediation.Types.State;

namespace Governance.Patching.Remediations;

/// <summary>A component's new owner, tier, exposure or platform changes its remediations in the same commit.</summary>
[SharesCommits]
internal sealed class ComponentReaction : ICopyReaction<PatchingDb, ComponentCopy>
{
    public async Task ChangedAsync(WriteUnit<PatchingDb> unit, ComponentCopy copy, CancellationToken ct)
    {
        var open = await unit.Db.Remediations.AsTracking()
            .Where(one => one.Component == copy.Name && (one.IsOpen || one.Status == State.Excepted))
            .ToListAsync(ct);
        if (open.Count == 0 && copy.PlatformProduct.Length == 0) return;
        var ids = open.Select(one => one.AdvisoryId).Distinct().ToArray();
        var advisories = await unit.Db.Advisories.AsNoTracking().Where(one => ids.Contains(one.Id)).ToDictionaryAsync(one => one.Id, ct);
        var component = ComponentFacts.Of(copy.Name, copy);
        var assessment = await Assessment.OpenAsync(unit, ct);
        var scores = await assessment.ScoresAsync(advisories.Values, ct);
        foreach (var remediation in open)
        {
            if (advisories.TryGetValue(remediation.AdvisoryId, out var advisory))
            {
                assessment.Assess(remediation, AdvisoryFacts.Of(advisory, scores), component);
            }
        }

        await assessment.MatchPlatformAsync(unit, component, open, ct);
        await assessment.FollowAsync(unit, copy, ct);
        await assessment.StampAsync(ct);
    }
}
