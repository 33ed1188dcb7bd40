using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.Common.V1;
using Governance.MaintenanceWindows.Fields;
using Governance.MaintenanceWindows.Planning;
using Governance.Windows.V1;
using NodaTime;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Bookings;

/// <summary>Reads changes out of requests; every fault is reported at once.</summary>
internal static class BookingFields
{
    public static Duration Longest { get; } = Duration.FromDays(7);

    public static BookingTerms Booking(this FieldFaults faults, Proto.Booking booking)
    {
        faults.Length(booking.DisplayName, 200, "booking.display_name");
        faults.Length(booking.Change, 300, "booking.change").Length(booking.ChangeUrl, 2000, "booking.change_url");
        var terms = new BookingTerms
        {
            DisplayName = booking.DisplayName,
            Change = booking.Change,
            ChangeUrl = booking.ChangeUrl,
            ChangeType = faults.Type(booking.ChangeType, "booking.change_type"),
            Components = faults.Components(booking.Components, "booking.components"),
            Environment = faults.Environment(booking.Environment, "booking.environment"),
            Kind = faults.Kind(booking.Kind, "booking.kind"),
            Severity = faults.Severity(booking.Severity, "booking.severity"),
            Implementer = booking.Implementer,
            Duration = faults.Length(booking.Duration, "booking.duration", Longest),
            BackOutReserve = faults.Length(booking.BackOutReserve, "booking.back_out_reserve", Longest),
            Exclusive = booking.Exclusive,
            NotBefore = faults.Moment(booking.NotBefore, "booking.not_before"),
            Deadline = faults.Moment(booking.Deadline, "booking.deadline"),
            BacksOut = booking.BacksOut,
            CommitTime = faults.Moment(booking.CommitTime, "booking.commit_time"),
        };
        faults.Owner(booking.Implementer, "booking.implementer");
        faults.Check(terms.Duration > Duration.Zero, "booking.duration", "Is required and more than 0.", "REQUIRED");
        faults.Check(
            booking.Approvals.All(approval => approval.Approver.Length > 0), "booking.approvals", "Each names its approver.", "REQUIRED");
        return terms;
    }

    public static System.Collections.Immutable.ImmutableArray<string> Components(
        this FieldFaults faults, IReadOnlyList<string> names, string field)
    {
        faults.Check(names.Count > 0, field, "Is required: at least one component.", "REQUIRED");
        faults.Check(names.Count <= 200, field, $"Has {names.Count} entries; at most 200 are allowed.", "TOO_MANY");
        for (var i = 0; i < names.Count; i++)
        {
            faults.Check(
                ScopeFields.IsName(NameFields.InFull(names[i], "components"), "components"),
                $"{field}[{i}]",
                $"'{names[i]}' is no component's name; write components/….",
                "INVALID_NAME");
        }
        return [.. names.Select(name => NameFields.InFull(name, "components")).Distinct()];
    }

    public static string Environment(this FieldFaults faults, string environment, string field)
    {
        faults.Required(environment, field).Length(environment, 63, field);
        return environment;
    }

    public static ChangeKind Kind(this FieldFaults faults, ChangeKind kind, string field)
    {
        faults.Check(
            kind != ChangeKind.Unspecified && Enum.IsDefined(kind),
            field,
            "Is required: PATCH, UPGRADE, RELEASE, CONFIGURATION, INFRASTRUCTURE, CONTENT or MAINTENANCE.",
            "REQUIRED");
        return kind;
    }

    /// <summary>NORMAL when unset.</summary>
    public static ChangeType Type(this FieldFaults faults, ChangeType type, string field)
    {
        faults.Check(Enum.IsDefined(type), field, $"{(int)type} is none; STANDARD, NORMAL and EMERGENCY are.", "UNKNOWN_VALUE");
        return type == ChangeType.Unspecified ? ChangeType.Normal : type;
    }

    public static Severity Severity(this FieldFaults faults, Severity severity, string field)
    {
        faults.Check(Enum.IsDefined(severity), field, $"{(int)severity} is no severity.", "UNKNOWN_VALUE");
        return severity;
    }

    public static ChangeDemand Question(this FieldFaults faults, CheckChangeRequest request)
    {
        var component = faults.Components(request.Component.Length == 0 ? [] : [request.Component], "component");
        return new()
        {
            Components = component.IsEmpty ? [""] : component,
            Environment = faults.Environment(request.Environment, "environment"),
            Kind = faults.Kind(request.Kind, "kind"),
            Type = faults.Type(request.ChangeType, "change_type"),
            Severity = faults.Severity(request.Severity, "severity"),
            Duration = faults.Length(request.Duration, "duration", Longest),
            Booking = request.Booking,
            Change = request.Change,
            Approvers = [.. request.Approvals.Select(approval => approval.Approver).Where(name => name.Length > 0).Distinct()],
        };
    }

    public static ChangeDemand Demand(this FieldFaults faults, FindSlotsRequest request)
    {
        var demand = new ChangeDemand
        {
            Components = faults.Components(request.Components, "components"),
            Environment = faults.Environment(request.Environment, "environment"),
            Kind = faults.Kind(request.Kind, "kind"),
            Type = faults.Type(request.ChangeType, "change_type"),
            Severity = faults.Severity(request.Severity, "severity"),
            Duration = faults.Length(request.Duration, "duration", Longest),
            Reserve = faults.Length(request.BackOutReserve, "back_out_reserve", Longest),
            Tail = faults.Length(request.RolloutTail, "rollout_tail", Verdicts.Horizon),
            Exclusive = request.Exclusive,
            Implementer = request.Implementer,
            Booking = request.Booking,
            Change = request.Change,
        };
        faults.Check(demand.Duration > Duration.Zero, "duration", "Is required and more than 0.", "REQUIRED");
        faults.Owner(request.Implementer, "implementer");
        return demand;
    }
}
