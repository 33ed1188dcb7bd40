using Governance.BuildingBlocks.Writing;
using Governance.Patching.Advisories.Epss;
using Governance.Patching.Neighbours;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;
using State = Governance.Patching.V1.Remediation.Types.State;

namespace Governance.Patching.Remediations;

/// <summary>
/// New scores change deadlines only where a rule of the policy in force asks for EPSS and the score crosses what it asks for.
/// </summary>
internal static class EpssReassessment
{
    public static async Task FollowAsync(
        this Assessment assessment, WriteUnit<PatchingDb> unit, IReadOnlyList<EpssChange> changes, CancellationToken ct)
    {
        var crossed = changes.Where(assessment.IsCrossedBy).ToDictionary(change => change.Now.CveId, change => change.Now);
        foreach (var ids in crossed.Keys.Chunk(500))
        {
            var advisoryIds = unit.Db.AdvisoryIds.Where(row => ids.Contains(row.Id)).Select(row => row.AdvisoryId);
            var open = await unit.Db.Remediations.AsTracking()
                .Where(one => (one.IsOpen || one.Status == State.Excepted) && advisoryIds.Contains(one.AdvisoryId))
                .ToListAsync(ct);
            if (open.Count == 0) continue;
            var named = open.Select(one => one.AdvisoryId).Distinct().ToArray();
            var advisories = await unit.Db.Advisories.AsNoTracking().Where(one => EF.Parameter(named).Contains(one.Id)).ToDictionaryAsync(
                one => one.Id, ct);
            var scores = (await EpssLookup.LoadAsync(unit.Db, advisories.Values, ct)).With(crossed.Values);
            var components = await unit.Db.FactsAsync(open.Select(one => one.Component), ct);
            foreach (var remediation in open)
            {
                if (advisories.TryGetValue(remediation.AdvisoryId, out var advisory))
                {
                    assessment.Assess(remediation, AdvisoryFacts.Of(advisory, scores), components[remediation.Component]);
                }
            }
        }
    }
}
