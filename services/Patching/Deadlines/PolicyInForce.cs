using Governance.BuildingBlocks.Errors;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.Patching.Deadlines;

/// <summary>A policy with all that it needs to decide.</summary>
/// <param name="Terms">Its rules and settings.</param>
/// <param name="Calendars">What they count by.</param>
/// <param name="Stamp">Which state of which policy: another one asks for every open remediation to be assessed again.</param>
internal sealed record PolicyInForce(DeadlinePolicy Terms, CalendarSet Calendars, string Stamp)
{
    public DeadlineDecision? Decide(RemediationFacts facts) => Terms.Decide(facts, Calendars);

    public static async Task<PolicyInForce> LoadAsync(PatchingDb db, CancellationToken ct)
    {
        var policy = await db.Policies.AsNoTracking().SingleOrDefaultAsync(one => one.IsActive, ct)
            ?? throw new RuleViolation("NO_ACTIVE_POLICY", "No policy is in force.");
        return await OfAsync(db, policy.Terms, policy.Stamp, ct);
    }

    public static async Task<PolicyInForce> OfAsync(PatchingDb db, DeadlinePolicy terms, string stamp, CancellationToken ct) =>
        new(terms, await CalendarSet.LoadAsync(db, terms.CalendarIds, ct), stamp);
}
