using Governance.BuildingBlocks.Names;
using Governance.MaintenanceWindows.Planning;
using BookingState = Governance.Windows.V1.Booking.Types.State;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Bookings;

/// <summary>Bookings as messages, and as the calendar sees them.</summary>
internal static class BookingMapping
{
    public static Proto.Booking ToProto(this Booking booking)
    {
        var message = booking.Describe();
        message.Name = booking.Name;
        message.Approvals.Add(booking.Approvals);
        message.State = booking.Status;
        message.Window = booking.Window;
        message.Overran = booking.Overran;
        message.Outcome = booking.Outcome;
        message.Reason = booking.Reason;
        message.Reasons.Add(booking.Reasons);
        message.Remedies.Add(booking.Remedies);
        message.Moves.Add(booking.Moves);
        message.BookingRequest = booking.BookingRequest;
        message.Attempt = booking.Attempt;
        message.Recorded = booking.Recorded;
        message.Override = booking.Override;
        message.Etag = booking.Etag;
        Times(booking, message);
        return message;
    }

    /// <summary>The change itself, without its time and state.</summary>
    public static Proto.Booking Describe(this Booking booking)
    {
        var terms = booking.Terms;
        return new()
        {
            DisplayName = terms.DisplayName,
            Change = terms.Change,
            ChangeUrl = terms.ChangeUrl,
            ChangeType = terms.ChangeType,
            Components = { terms.Components },
            Environment = terms.Environment,
            Kind = terms.Kind,
            Severity = terms.Severity,
            Requester = booking.Requester,
            Implementer = terms.Implementer,
            Duration = terms.Duration.ToProto(),
            BackOutReserve = terms.BackOutReserve.ToProto(),
            Exclusive = terms.Exclusive,
            BacksOut = terms.BacksOut,
            CommitTime = terms.CommitTime?.ToTimestamp(),
        };
    }

    public static ChangeDemand ToDemand(this Booking booking) => booking.Terms.ToDemand() with
    {
        Booking = booking.Name,
        Approvers = [.. booking.Approvals.Select(approval => approval.Approver).Distinct()],
    };

    public static ChangeDemand ToDemand(this BookingTerms terms) => new()
    {
        Components = terms.Components,
        Environment = terms.Environment,
        Kind = terms.Kind,
        Type = terms.ChangeType,
        Severity = terms.Severity,
        Duration = terms.Duration,
        Reserve = terms.BackOutReserve,
        Tail = terms.RolloutTail,
        Exclusive = terms.Exclusive,
        Implementer = terms.Implementer,
        Change = terms.Change,
    };

    public static BookedChange ToFacts(this Booking booking)
    {
        var terms = booking.Terms;
        var start = booking.ActualStart ?? booking.PlannedStart ?? booking.CreateTime;
        return new()
        {
            Name = booking.Name,
            Components = terms.Components,
            Environment = terms.Environment,
            Start = start,
            BusyUntil = start + terms.Duration + terms.BackOutReserve,
            Change = terms.Change,
            Places = booking.Places,
            Implementer = terms.Implementer,
            Exclusive = terms.Exclusive,
            Running = booking.Status == BookingState.Started,
        };
    }

    private static void Times(Booking booking, Proto.Booking message)
    {
        message.NotBefore = booking.Terms.NotBefore?.ToTimestamp();
        message.Deadline = booking.Terms.Deadline?.ToTimestamp();
        message.OccurrenceStart = booking.Places.IsEmpty ? null : booking.Places[0].OccurrenceStart.ToTimestamp();
        message.PlannedStart = booking.PlannedStart?.ToTimestamp();
        message.PlannedEnd = booking.PlannedEnd?.ToTimestamp();
        message.ActualStart = booking.ActualStart?.ToTimestamp();
        message.ActualEnd = booking.ActualEnd?.ToTimestamp();
        message.CreateTime = booking.CreateTime.ToTimestamp();
        message.UpdateTime = booking.UpdateTime.ToTimestamp();
    }
}
