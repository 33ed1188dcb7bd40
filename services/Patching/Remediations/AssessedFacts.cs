using Governance.Patching.Advisories.Epss;
using Governance.Patching.Deadlines;
using Governance.Patching.Neighbours;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.Patching.Remediations;

/// <param name="Advisory">What deadlines ask of the advisory.</param>
/// <param name="Component">What they ask of the component.</param>
internal sealed record AssessedFact(AdvisoryFacts Advisory, ComponentFacts Component);

/// <summary>What deadlines ask about a batch of remediations.</summary>
internal sealed class AssessedFacts
{
    private readonly Dictionary<string, AdvisoryFacts> _advisories;
    private readonly Dictionary<string, ComponentFacts> _components;

    private AssessedFacts(Dictionary<string, AdvisoryFacts> advisories, Dictionary<string, ComponentFacts> components) =>
        (_advisories, _components) = (advisories, components);

    public static async Task<AssessedFacts> LoadAsync(
        PatchingDb db, DeadlinePolicy policy, IReadOnlyCollection<Remediation> batch, CancellationToken ct)
    {
        var ids = batch.Select(one => one.AdvisoryId).Distinct().ToArray();
        var advisories = await db.Advisories.AsNoTracking().Where(one => ids.Contains(one.Id)).ToListAsync(ct);
        var scores = policy.EpssThresholds.Any() ? await EpssLookup.LoadAsync(db, advisories, ct) : EpssLookup.Empty;
        return new AssessedFacts(
            advisories.ToDictionary(one => one.Id, one => AdvisoryFacts.Of(one, scores)),
            await db.FactsAsync(batch.Select(one => one.Component), ct));
    }

    /// <summary>Null where it follows from no advisory.</summary>
    public AssessedFact? Of(Remediation remediation) =>
        _advisories.TryGetValue(remediation.AdvisoryId, out var advisory)
            ? new AssessedFact(advisory, _components[remediation.Component])
            : null;
}
