using Governance.BuildingBlocks.Names;
using Governance.Patching.Neighbours;
using NodaTime;
using NodaTime.Text;
using Outcome = Governance.Patching.V1.Remediation.Types.DeadlineOutcome;
using Proto = Governance.Patching.V1;
using Severity = Governance.Common.V1.Severity;
using Stand = Governance.Patching.V1.Remediation.Types.State;

namespace Governance.Patching.Remediations;

/// <summary>An approaching end of life: the other thing besides an advisory that a component must act on.</summary>
internal sealed partial class Remediation
{
    private const string EndOfLifeRule = "lifecycles/end-of-life";

    /// <summary><c>products/…/cycles/…</c>; empty where it follows from an advisory.</summary>
    public string LifecycleName { get; private set; } = "";

    public static Remediation Open(LifecycleDuty duty, string component, string environment, Instant now)
    {
        var remediation = new Remediation
        {
            Id = Guid.CreateVersion7().ToString(),
            LifecycleName = duty.Lifecycle,
            Component = component,
            Environment = environment,
        };
        remediation.Edit("CREATED", now, body =>
        {
            (body.Name, body.Kind, body.Lifecycle) = (remediation.Name, Proto.Remediation.Types.Kind.EndOfLife, duty.Lifecycle);
            (body.Component, body.Environment) = (component, environment);
            body.Opened = now.ToTimestamp();
            body.State = Stand.Open;
            body.Feasibility = new Proto.Feasibility { State = Proto.Feasibility.Types.State.Unknown };
        });
        return remediation;
    }

    /// <summary>Takes over what is installed and when it ends. MEDIUM up to the due instant, HIGH after it.</summary>
    public void Assess(LifecycleDuty duty, ComponentFacts component, Instant now) => Edit("UPDATED", now, body =>
    {
        Take(body, new InventoryMatch(duty.Items, false));
        (body.Tier, body.Owner) = (component.Tier, component.Owner);
        (body.Rule, body.ClockStart) = (EndOfLifeRule, body.Opened);
        body.ClockBasis = duty.LastDay is null ? "END_OF_LIFE (day unknown; detection used)" : "END_OF_LIFE";
        var due = duty.DueFrom(body.Opened.ToInstant()).ToTimestamp();
        if (!Equals(due, body.Due))
        {
            if (body.DueHistory.Count == 0) body.LateWhenFirstSeen = due.ToInstant() <= body.Opened.ToInstant();
            body.DueHistory.Add(new Proto.DueChange
            {
                At = now.ToTimestamp(),
                From = body.Due,
                To = due,
                Reason = DueReason(
                duty, body.DueHistory.Count == 0)
            });
            body.Due = due;
        }

        if (IsPast(body, now)) body.DeadlineOutcome = Outcome.Missed;
        body.Severity = IsPast(body, now) ? Severity.High : Severity.Medium;
    });

    private static string DueReason(LifecycleDuty duty, bool isFirst)
    {
        var end =
            duty.LastDay is { } day ? $"is supported through {LocalDatePattern.Iso.Format(day)}" : "has ended on a day that nobody says";
        return isFirst ? $"First seen: {duty.Lifecycle} {end}." : $"{duty.Lifecycle} {end} now.";
    }
}
