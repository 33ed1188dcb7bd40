using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Common.V1;
using Governance.MaintenanceWindows.Freezes;
using Governance.MaintenanceWindows.Persistence;
using Governance.MaintenanceWindows.Planning;
using Governance.Patching.V1;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Governance.MaintenanceWindows.Bookings;

/// <summary>
/// Lets an EMERGENCY pass freezes: who approved the rollout approved its override with the same decision. What a freeze's
/// policy asks for holds here, too; where it asks for more approvals, the override waits for them.
/// </summary>
internal static class EmergencyOverrides
{
    /// <summary>Overrides of the freezes in its way that let something pass; they are not added yet.</summary>
    public static async Task<IReadOnlyList<Override>> DraftAsync(
        WriteUnit<WindowsDb> unit, CalendarSnapshot calendar, Booking booking, BookingRequest request, CancellationToken ct)
    {
        if (request is not { ChangeType: ChangeType.Emergency, EmergencyOverride: { ExpireTime: not null } emergency }) return [];
        var (approvals, expires) = (Counting(request, emergency), emergency.ExpireTime.ToInstant());
        var inTheWay = InTheWay(calendar, booking.ToDemand(), new(unit.Now, expires)).Where(freeze => MayPass(freeze, approvals)).ToList();
        if (approvals.Count == 0 || inTheWay.Count == 0) return [];
        var ids = inTheWay.Select(freeze => freeze.Name["freezes/".Length..]).ToArray();
        var drafts = new List<Override>();
        foreach (var freeze in await unit.Db.Freezes.AsNoTracking()
            .Where(one => ids.Contains(one.Id))
            .OrderBy(one => one.Id)
            .ToListAsync(ct))
        {
            // The same for the same decision: a repeat finds it, also where somebody took it back since.
            var id = $"emergency-{Digests.Of($"{request.Name}\n{emergency.Digest}")[..20]}";
            var key = Override.IdOf(freeze.Id, id);
            if (await unit.Db.Overrides.AnyAsync(one => one.Id == key, ct)) continue;
            drafts.Add(Override.Grant(
                freeze, id, Terms(freeze, booking.Terms, emergency, expires), request.Requester, approvals, unit.Now));
        }

        return drafts;
    }

    /// <summary>The calendar with those of the overrides that are approved.</summary>
    public static CalendarSnapshot Let(CalendarSnapshot calendar, IEnumerable<Override> drafts)
    {
        foreach (var draft in drafts.Where(draft => draft.IsApproved))
        {
            if (calendar.Freezes.Find($"freezes/{draft.FreezeId}") is not { } freeze) continue;
            calendar =
                calendar with { Freezes = calendar.Freezes.Set(freeze with { Overrides = freeze.Overrides.Add(CalendarFacts.Of(draft)) }) };
        }

        return calendar;
    }

    /// <summary>Approvals of exactly this rollout, by people who neither asked for it nor implement it.</summary>
    private static List<Approval> Counting(BookingRequest request, EmergencyOverride emergency) =>
    [
        .. request.Approvals
            .Where(approval => approval.Digest == emergency.Digest && approval.Digest.Length > 0 && approval.Approver.Length > 0
                && approval.Approver != request.Requester && approval.Approver != request.Implementer)
            .DistinctBy(approval => approval.Approver),
    ];

    private static IEnumerable<FreezeFacts> InTheWay(CalendarSnapshot calendar, ChangeDemand demand, TimeRange passing) => demand.Components
        .SelectMany(component => Subject.Of(calendar, component, demand).Freezes)
        .DistinctBy(freeze => freeze.Name)
        .Where(freeze => freeze.CanBeOverridden && !freeze.Exempts(demand) && Holds(freeze, passing));

    private static bool Holds(FreezeFacts freeze, TimeRange passing)
    {
        foreach (var occurrence in freeze.Occurrences.Near(passing.Start, passing.End))
        {
            if (occurrence.Overlaps(passing.Start, passing.End)) return true;
        }
        return false;
    }

    /// <summary>Where the policy names roles, one of those who approved holds one of them.</summary>
    private static bool MayPass(FreezeFacts freeze, List<Approval> approvals) =>
        freeze.OverrideRoles is { } roles && (roles.IsEmpty || approvals.Any(approval => approval.Roles.Any(roles.Contains)));

    /// <summary>An override ends with its freeze.</summary>
    private static OverrideTerms Terms(Freeze freeze, BookingTerms booking, EmergencyOverride emergency, Instant expires) => new()
    {
        Components = booking.Components,
        Environments = [booking.Environment],
        Kinds = [booking.Kind],
        Change = booking.Change,
        ExpireTime = new FreezeSchedule(freeze.Terms).Only is { } only && only.End < expires ? only.End : expires,
        Reason = emergency.Reason,
    };
}
