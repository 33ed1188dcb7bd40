using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Security;
using Governance.Common.V1;
using Governance.MaintenanceWindows.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Bookings;

/// <summary>Who has which duty on a booking, and what a wish for one must keep to.</summary>
internal static class BookingDuties
{
    public static string PersonOf(Caller caller) => caller.Person.Length > 0 ? caller.Person : caller.Principal;

    /// <summary>The record, with the members of an implementing party as its implementers: whoever belongs to it may do the work.</summary>
    public static async Task<ApprovalRecord> RecordAsync(Booking booking, WindowsDb db, CancellationToken ct)
    {
        var record = booking.ToApprovalRecord();
        record.Resource = booking.Name;
        var party = await db.Parties.AsNoTracking().SingleOrDefaultAsync(copy => copy.Name == booking.Terms.Implementer, ct);
        if (party is not null) record.Editors.AddRange(party.Members);
        return record;
    }

    /// <summary>An approval that was brought in is by somebody else than who asks for it or does it.</summary>
    public static void DemandSeparated(Booking booking)
    {
        var own = booking.Approvals.FirstOrDefault(approval =>
            approval.Approver == booking.Requester || approval.Approver == booking.Terms.Implementer);
        if (own is not null)
        {
            throw new RuleViolation(
                "SELF_APPROVAL",
                $"{own.Approver} asks for the change or implements it, and so cannot approve it.",
                ("person", own.Approver));
        }
    }

    public static void DemandTimes(BookingTerms terms, Instant? start, Instant now)
    {
        var faults = new FieldFaults();
        faults.Check(!(start < now), "booking.planned_start", "Lies in the past.", "IN_THE_PAST");
        faults.Check(!(terms.Deadline <= now), "booking.deadline", "Lies in the past.", "IN_THE_PAST");
        faults.Check(
            !(terms.Deadline < (terms.NotBefore ?? now) + terms.Duration),
            "booking.deadline",
            "Leaves less time than the change takes.",
            "OUT_OF_RANGE");
        faults.Check(!(start < terms.NotBefore), "booking.planned_start", "Lies before not_before.", "OUT_OF_RANGE");
        faults.Check(
            !(start + terms.Duration > terms.Deadline), "booking.planned_start", "Lets the change end after its deadline.", "OUT_OF_RANGE");
        faults.ThrowIfAny();
    }

    /// <summary>Approvals from outside: each names its source, and none claims to have been given here.</summary>
    public static List<Approval> BroughtIn(this FieldFaults faults, Proto.Booking booking)
    {
        for (var i = 0; i < booking.Approvals.Count; i++)
        {
            var source = booking.Approvals[i].Source;
            faults.Check(
                source is not ("" or "governance"),
                $"booking.approvals[{i}].source",
                "Names the system that the approval was given in; approvals here are given by ApproveBooking.",
                "REQUIRED");
        }

        return [.. booking.Approvals.DistinctBy(approval => approval.Approver)];
    }
}
