using Governance.Ownership.Schedules;
using NodaTime;
using Kind = Governance.Ownership.V1.ReasonStep.Types.Kind;
using Proto = Governance.Ownership.V1;
using Reason = Governance.Ownership.V1.TrailEnd.Types.Reason;

namespace Governance.Ownership.Resolution;

/// <summary>Says in order what made an answer so; of a party's contracts to those who may reach it alone.</summary>
internal sealed class Reasons(ICollection<Proto.ReasonStep> steps, Func<string, bool> mayReach)
{
    public void Add(Kind kind, string resource, string detail) =>
        steps.Add(new Proto.ReasonStep { Kind = kind, Resource = resource, Detail = detail });

    /// <summary>How a party came to its duty and whether it can answer.</summary>
    public void Add(Candidate one, string component, Proto.ServiceSeverity severity)
    {
        var isOwner = one.Source == component;
        Add(Kind.Assignment, one.Source, isOwner
            ? $"{one.Record.Name} owns the component, and nobody else is accountable for the area then."
            : $"{one.Record.Name} is {Word(one.Duty)} by this assignment.");
        AddDuty(one);
        if (!mayReach(one.Record.Name)) return;
        var (response, resolution) = one.Deadlines(severity);
        if (response is not null || resolution is not null)
        {
            Add(
                Kind.ServiceLevel,
                one.Contract!.Value.Name,
                $"{severity}: {Owed("response", response, one)}{(response is not null && resolution is not null ? ", " : "")}{Owed("solution", resolution, one)}.");
        }
    }

    /// <summary>Whether a party can answer, and by what.</summary>
    public void AddDuty(Candidate one)
    {
        if (one.State is null)
        {
            Add(Kind.Party, one.Record.Name, one.Record.Party is null
                ? "Nobody has entered this party."
                : "This party does not exist any more then.");
            return;
        }

        var isBound = one.State.Terms.Kind == Proto.Party.Types.Kind.Vendor || one.Contract is not null;
        if (isBound && mayReach(one.Record.Name)) Add(Kind.Contract, one.Contract?.Name ?? one.Record.Name, Contract(one));
        foreach (var step in one.OnDuty!.Why) Add(KindOf(step.Reason), one.Record.Name, step.Detail);
    }

    /// <summary>Why a trail ends, in words.</summary>
    public static string Words(Reason reason, string resource) => reason switch
    {
        Reason.NoAssignment => $"Nobody has a duty for the area of {resource} then, and it has no owner.",
        Reason.PartyGone => $"{resource} does not exist then.",
        Reason.ContractNotInForce => $"No contract with {resource} is in force for the component then.",
        Reason.NobodyOnDuty => $"Nobody of {resource} is on duty then.",
        Reason.ComponentGone => $"{resource} does not exist then.",
        _ => "",
    };

    private static string Word(Proto.Responsibility.Types.Duty duty) =>
        duty == Proto.Responsibility.Types.Duty.Accountable ? "accountable" : "responsible";

    private static string Contract(Candidate one) => one switch
    {
        { Contract: { } contract } =>
            $"In force{(contract.Terms.EndDate.Length > 0 ? $" until {contract.Terms.EndDate}{(contract.Terms.Renewal == Proto.Contract.Types.Renewal.Automatic ? ", renewed automatically" : "")}" : "")}.",
        { Record.Contracts.Count: 0 } => "The vendor has no contract.",
        _ => "None of the vendor's contracts is in force for the component then.",
    };

    private static string Owed(string what, Instant? deadline, Candidate one) =>
        deadline is { } by ? $"{what} by {one.State!.Zone.Describe(by)}" : "";

    private static Kind KindOf(DutyReason reason) => reason switch
    {
        DutyReason.SupportHours => Kind.SupportHours,
        DutyReason.Override => Kind.Override,
        DutyReason.Shift => Kind.Shift,
        DutyReason.Layer => Kind.Rotation,
        _ => Kind.Schedule,
    };
}
