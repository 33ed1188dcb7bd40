using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;
using Severity = Governance.Ownership.V1.OwnershipGap.Types.Severity;

namespace Governance.Ownership.Insights.Gaps;

/// <summary>How bad a gap is.</summary>
internal static class Severities
{
    public static Severity OfTier(int tier) => tier switch
    {
        <= 1 => Severity.Critical,
        2 => Severity.High,
        3 => Severity.Medium,
        _ => Severity.Low,
    };

    /// <summary>By the worst tier that the party owns or has a duty for.</summary>
    public static async Task<Severity> OfPartyAsync(OwnershipDb db, string party, CancellationToken ct)
    {
        var owned = await db.Components.Where(one => one.Owner == party && one.DeleteTime == null).MinAsync(one => (int?)one.Tier, ct);
        var served = await db.Responsibilities.Where(duty => duty.Party == party && duty.DeleteTime == null)
            .Join(db.Components.Where(one => one.DeleteTime == null), duty =>
                duty.Component.Substring(11), one => one.Id, (_, one) => (int?)one.Tier).MinAsync(ct);
        return (owned, served) is (null, null) ? Severity.Low : OfTier(Math.Min(owned ?? 4, served ?? 4));
    }
}
