using System.Globalization;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Duty = Governance.Ownership.V1.Responsibility.Types.Duty;

namespace Governance.Ownership.Responsibilities;

/// <summary>Exactly one party is accountable for a component's area at any moment. Checked under the write lock.</summary>
internal static class Accountables
{
    /// <exception cref="RuleViolation">Somebody else is accountable at some moment of the terms.</exception>
    public static async Task DemandAloneAsync(
        WriteUnit<OwnershipDb> unit, string id, string component, string area, ResponsibilityTerms terms, CancellationToken ct)
    {
        if (terms.Duty != Duty.Accountable) return;
        if ((await OthersAsync(unit, id, component, area, ct)).FirstOrDefault(one => Overlaps(one, terms)) is not { } other) return;
        throw new RuleViolation(
            "TWO_ACCOUNTABLES",
            $"{other.Party} is accountable for {area} of {component} from {other.From?.ToString(null, CultureInfo.InvariantCulture) ?? "the beginning"} until "
                + $"{other.Until?.ToString(null, CultureInfo.InvariantCulture) ?? "further notice"} by {other.Name}. End it first, or ask to replace it.",
            ("responsibility", other.Name), ("party", other.Party), ("component", component), ("area", area));
    }

    /// <summary>Ends whoever is accountable when the terms begin.</summary>
    public static async Task ReplaceAsync(
        WriteUnit<OwnershipDb> unit, string component, string area, ResponsibilityTerms terms, CancellationToken ct)
    {
        var from = terms.From ?? unit.Now;
        foreach (var other in await OthersAsync(unit, "", component, area, ct))
        {
            if ((other.From is null || other.From < from) && (other.Until is null || other.Until > from)) other.End(from, unit.Now);
        }
    }

    /// <summary>Ended ones too; tracked, so that an end set before in this write counts.</summary>
    private static async Task<List<Responsibility>> OthersAsync(
        WriteUnit<OwnershipDb> unit, string id, string component, string area, CancellationToken ct) =>
        await unit.Db.Responsibilities.AsTracking()
            .Where(one =>
                one.Component == component && one.Area == area && one.Duty == Duty.Accountable && one.DeleteTime == null && one.Id != id)
            .OrderBy(one => one.Id).ToListAsync(ct);

    private static bool Overlaps(Responsibility one, ResponsibilityTerms terms) =>
        (one.From ?? Instant.MinValue) < (terms.Until ?? Instant.MaxValue)
            && (terms.From ?? Instant.MinValue) < (one.Until ?? Instant.MaxValue);
}
