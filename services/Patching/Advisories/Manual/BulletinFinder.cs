using Governance.BuildingBlocks.Errors;
using Governance.Patching.Persistence;
using Governance.Patching.Remediations;
using Microsoft.EntityFrameworkCore;

namespace Governance.Patching.Advisories.Manual;

/// <summary>Looks up what was entered by hand.</summary>
internal static class BulletinFinder
{
    /// <summary>By any of its ids; null: there is none.</summary>
    public static Task<Advisory?> FindAdvisoryAsync(this PatchingDb db, string id, CancellationToken ct) => db.AdvisoryIds.AsNoTracking()
        .Where(row => row.Id == id)
        .Join(db.Advisories.AsNoTracking(), row => row.AdvisoryId, one => one.Id, (_, one) => one)
        .SingleOrDefaultAsync(ct);

    /// <summary>The bulletin that a name means: its own id, or the only one of the advisory.</summary>
    /// <exception cref="RuleViolation">The advisory only has imported sources, or several bulletins.</exception>
    public static async Task<AdvisorySourceRow> FindBulletinAsync(this PatchingDb db, Advisory advisory, string id, CancellationToken ct)
    {
        var sources =
            await db.AdvisorySources.AsNoTracking().Where(row => row.AdvisoryId == advisory.Id).OrderBy(row => row.Key).ToListAsync(ct);
        var bulletins = sources.FindAll(row => row.Format == SourceDocument.Manual);
        if (bulletins.Count == 0)
        {
            var formats = string.Join(", ", sources.Select(row => row.Format).Distinct());
            throw new RuleViolation(
                "ADVISORY_IMPORTED",
                $"{advisory.Name} is what its sources ({formats}) say: import what they correct, or create an advisory of your own that "
                    + "has its id as alias.",
                ("advisory", advisory.Name),
                ("sources", formats));
        }

        if (bulletins.Find(row => row.DocumentId == id) is { } named) return named;
        if (bulletins.Count == 1) return bulletins[0];
        var names = string.Join(", ", bulletins.Select(row => $"advisories/{row.DocumentId}"));
        throw new RuleViolation(
            "SEVERAL_BULLETINS", $"{advisory.Name} joins several that were entered by hand. Name one: {names}.", ("bulletins", names));
    }
}
