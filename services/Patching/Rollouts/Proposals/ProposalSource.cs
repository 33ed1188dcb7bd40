using Governance.BuildingBlocks.Names;
using Governance.Patching.Neighbours;
using Governance.Patching.Persistence;
using Governance.Patching.Remediations;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Feasible = Governance.Patching.V1.Feasibility.Types.State;
using Stand = Governance.Patching.V1.Remediation.Types.State;

namespace Governance.Patching.Rollouts;

/// <summary>The open remediations that no rollout carries, told apart into those that can be planned and those that cannot.</summary>
/// <param name="Items">To be planned.</param>
/// <param name="Leftovers">What no rollout could meet, or need not yet.</param>
/// <param name="NotConsidered">How many more there are, due later than all of these.</param>
internal sealed record ProposalSource(IReadOnlyList<ProposalItem> Items, IReadOnlyList<Leftover> Leftovers, int NotConsidered)
{
    private const int MostConsidered = 5000;

    /// <param name="db">The database.</param>
    /// <param name="question">Which.</param>
    /// <param name="sight">The components within the caller's reach; null: all.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<ProposalSource> LoadAsync(
        PatchingDb db, ProposalQuestion question, string[]? sight, Instant now, CancellationToken ct)
    {
        var query = Filter(db, question);
        if (sight is not null) query = query.Where(one => sight.Contains(one.Component));
        var open = await query.OrderBy(one => one.Due).ThenBy(one => one.Id).Take(MostConsidered).ToListAsync(ct);
        var more = open.Count < MostConsidered ? 0 : await query.CountAsync(ct) - MostConsidered;
        var facts = await db.FactsAsync(open.Select(one => one.Component), ct);
        var (items, leftovers) = (new List<ProposalItem>(), new List<Leftover>());
        foreach (var remediation in open)
        {
            if (Obstacle(remediation, question, now) is { } leftover) leftovers.Add(leftover);
            else items.Add(Item(remediation, facts[remediation.Component]));
        }

        return new ProposalSource(items, leftovers, more);
    }

    private static IQueryable<Remediation> Filter(PatchingDb db, ProposalQuestion question)
    {
        var query = db.Remediations.AsNoTracking().Where(one => one.IsOpen && one.Status == Stand.Open && one.RolloutId == "");
        if (question.Components.Count > 0)
        {
            var components = question.Components.ToArray();
            query = query.Where(one => components.Contains(one.Component));
        }

        if (question.Owner.Length > 0) query = query.Where(one => one.Owner == question.Owner);
        if (question.Environment.Length > 0) query = query.Where(one => one.Environment == question.Environment);
        if (question.System.Length > 0)
        {
            query = query.Where(one => db.Components.Any(copy => copy.Name == one.Component && copy.System == question.System));
        }
        return query;
    }

    /// <summary>Why no rollout is proposed for it; null where one can be.</summary>
    private static Leftover? Obstacle(Remediation remediation, ProposalQuestion question, Instant now)
    {
        var body = remediation.Body;
        if (body.Undecided)
        {
            return new Leftover(
            remediation.Name, "UNDECIDED", "Its versions could not be compared: a person must decide whether it applies.");
        }

        if (body.Packages.Count == 0 || body.Packages.Any(item => item.FixVersions.Count == 0))
        {
            return new Leftover(
                remediation.Name,
                "NO_FIX",
                $"No version is known that fixes {body.Packages.FirstOrDefault(item => item.FixVersions.Count == 0)?.Package ?? "it"}.");
        }
        if (remediation.Due < now)
        {
            return new Leftover(remediation.Name, "OVERDUE", $"It was due at {remediation.Due}: no rollout meets that any more.");
        }
        if (remediation.Due > now + question.Horizon)
        {
            return new Leftover(remediation.Name, "LATER", "It is due after the horizon, or not at all.");
        }
        return body.Feasibility is { State: Feasible.Infeasible } feasibility
            ? new Leftover(remediation.Name, "NO_SLOT", $"{feasibility.BindingConstraint}: {feasibility.Detail}")
            : null;
    }

    private static ProposalItem Item(Remediation remediation, ComponentFacts component) => new(
        remediation.Name,
        remediation.Component,
        remediation.Environment,
        [.. remediation.Body.Packages.Select(item => new ProposalFix(item.Package, item.Version, item.FixVersions[0]))],
        remediation.Due.ToDateTimeOffset(),
        component.Tier,
        component.System,
        remediation.Body.Feasibility?.FirstSlot?.ToInstant().ToDateTimeOffset());
}
