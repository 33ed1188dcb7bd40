using Governance.BuildingBlocks.Writing;
using Governance.Patching.Deadlines;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.Patching.Remediations;

/// <summary>
/// Assesses every open remediation again when another policy is in force, or the one in force changed. Each keeps the stamp
/// of the policy that assessed it, so that what a restart interrupts goes on where it was, and the write lock is held for one
/// batch at a time.
/// </summary>
internal static class PolicyReassessment
{
    private const int BatchSize = 100;

    public static async Task<bool> IsDueAsync(PatchingDb db, CancellationToken ct)
    {
        if (await StampAsync(db, ct) is not { } stamp) return false;

        // Two ranges of an index; "other than" would read all of it.
        return await db.Remediations.AnyAsync(one => one.IsOpen && string.Compare(one.AssessedBy, stamp) < 0, ct)
            || await db.Remediations.AnyAsync(one => one.IsOpen && string.Compare(one.AssessedBy, stamp) > 0, ct);
    }

    public static async Task StepAsync(WriteUnit<PatchingDb> unit, CancellationToken ct)
    {
        var assessment = await Assessment.OpenAsync(unit, ct);
        var stamp = assessment.Policy.Stamp;
        var batch = await unit.Db.Remediations.AsTracking().Where(one => one.IsOpen && one.AssessedBy != stamp)
            .OrderBy(one => one.Component).ThenBy(one => one.Id).Take(BatchSize).ToListAsync(ct);
        var facts = await AssessedFacts.LoadAsync(unit.Db, assessment.Policy.Terms, batch, ct);
        foreach (var remediation in batch)
        {
            if (facts.Of(remediation) is { } known) assessment.Assess(remediation, known.Advisory, known.Component);
            else assessment.Stamp(remediation);
        }

        await assessment.StampAsync(ct);
    }

    private static async Task<string?> StampAsync(PatchingDb db, CancellationToken ct)
    {
        var active = await db.Policies.Where(policy => policy.IsActive)
            .Select(policy => new { policy.Id, policy.Revision })
            .SingleOrDefaultAsync(ct);
        return active is null ? null : Policy.StampOf(active.Id, active.Revision);
    }
}
