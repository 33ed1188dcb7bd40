using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.Common.V1;
using Governance.MaintenanceWindows.Fields;
using Governance.MaintenanceWindows.Scopes;
using Governance.Windows.V1;
using Grpc.Core;
using NodaTime;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Bookings;

internal sealed partial class BookingsService
{
    private static readonly Duration LongestRecorded = Duration.FromDays(366);

    /// <summary>Records a deployment that was not booked. It asks nobody: it has happened.</summary>
    public override Task<Proto.Booking> RecordChange(RecordChangeRequest request, ServerCallContext context)
    {
        var faults = new FieldFaults();
        var id = faults.NewId(request.BookingId, "booking_id");
        var (start, end) = (faults.Moment(request.Start, "start"), faults.Moment(request.End, "end"));
        var terms = Terms(request, faults);
        faults.Check(Enum.IsDefined(request.Outcome), "outcome", $"{(int)request.Outcome} is no outcome.", "UNKNOWN_VALUE");
        faults.ThrowIfAny();
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            await ScopeGuard.DemandAsync(context, unit.Db, new Scope { Components = { terms.Components } }, ct);
            await BookingReads.BackedOutAsync(unit.Db, terms.BacksOut, terms.Components, terms.Environment, "backs_out", ct);
            var from = start ?? end ?? unit.Now;
            var until = end ?? from;
            DemandHappened(from, until, unit.Now);
            var outcome = request.Outcome == ChangeOutcome.Unspecified ? ChangeOutcome.Successful : request.Outcome;
            var booking =
                Booking.Record(id, terms with { Duration = until - from }, BookingDuties.PersonOf(unit.Caller), from, outcome, unit.Now);
            await unit.AddAsync(booking, ct);
            return booking.ToProto();
        });
    }

    private static BookingTerms Terms(RecordChangeRequest request, FieldFaults faults)
    {
        faults.Length(request.Change, 300, "change").Length(request.ChangeUrl, 2000, "change_url").Owner(
            request.Implementer, "implementer");
        return new()
        {
            Components = faults.Components(request.Components, "components"),
            Environment = faults.Environment(request.Environment, "environment"),
            Kind = faults.Kind(request.Kind == ChangeKind.Unspecified ? ChangeKind.Release : request.Kind, "kind"),
            ChangeType = faults.Type(request.ChangeType, "change_type"),
            Severity = faults.Severity(request.Severity, "severity"),
            Change = request.Change,
            ChangeUrl = request.ChangeUrl,
            Implementer = request.Implementer,
            CommitTime = faults.Moment(request.CommitTime, "commit_time"),
            BacksOut = request.BacksOut,
        };
    }

    private static void DemandHappened(Instant from, Instant until, Instant now)
    {
        var faults = new FieldFaults();
        faults.Check(from <= now, "start", "Lies in the future.", "IN_THE_FUTURE");
        faults.Check(until <= now, "end", "Lies in the future.", "IN_THE_FUTURE");
        faults.Check(until >= from, "end", "Lies before its start.", "BEFORE_START");
        faults.Check(until - from <= LongestRecorded, "end", "Lies more than a year after its start.", "OUT_OF_RANGE");
        faults.ThrowIfAny();
    }
}
