using Governance.Ownership.Insights.Gaps.Rules;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;
using Proto = Governance.Ownership.V1;
using Target = Governance.Ownership.V1.EscalationPolicy.Types.Target;

namespace Governance.Ownership.Insights.Gaps;

/// <summary>Reads whom escalation policies tell first.</summary>
internal sealed class PolicyReader(OwnershipDb db)
{
    /// <summary>Those of the names that exist, and the default one.</summary>
    public async Task<Dictionary<string, Timeline<PolicyState>>> ReadAsync(IEnumerable<string> names, CancellationToken ct)
    {
        var wanted = names.Where(name => name.Length > 0).Append(EscalationRules.Default).Distinct();
        var rows = await Timelines.ReadAsync(
            wanted.Select(Timelines.IdOf), ids => db.EscalationPolicies.AsNoTracking().Where(one => ids.Contains(one.Id)), ct);
        var past = await Timelines.PastAsync(db, rows.Where(row => row.HasRevisions).Select(row => row.Name), ct);
        return rows.ToDictionary(
            row => row.Name, row => Timelines.Of<Proto.EscalationPolicy, PolicyState>(
                past[row.Name], row.EffectiveFrom, StateOf(row.Terms), row.DeleteTime, StateOf));
    }

    /// <summary>The living policies that tell the party first.</summary>
    public async Task<List<string>> TellingAsync(string party, CancellationToken ct)
    {
        var telling = new List<string>();
        await foreach (var policy in db.EscalationPolicies.AsNoTracking()
            .Where(one => one.DeleteTime == null)
            .AsAsyncEnumerable()
            .WithCancellation(ct))
        {
            if (StateOf(policy.Terms).Targets.Any(target => target.Party == party)) telling.Add(policy.Name);
        }
        return telling;
    }

    private static PolicyState StateOf(Proto.EscalationPolicy terms) =>
        new([.. terms.Chains.Where(chain => chain.Levels.Count > 0)
            .SelectMany(chain => chain.Levels[0].Targets)
            .Select(FactOf)
            .Distinct()]);

    private static TargetFact FactOf(Target target) => target.TargetCase switch
    {
        Target.TargetOneofCase.Party => new TargetFact(target.Party, "", default),
        Target.TargetOneofCase.OnCall => new TargetFact(target.OnCall, "", default),
        Target.TargetOneofCase.Person => new TargetFact("", target.Person, default),
        _ => new TargetFact("", "", target.Duty),
    };
}
