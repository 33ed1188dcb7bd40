using Google.Protobuf;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Persistence;
using Governance.Common.V1;
using Governance.Patching.Advisories;
using Governance.Patching.Deadlines;
using Governance.Patching.Fields;
using Governance.Patching.Neighbours;
using NodaTime;
using ClosedBy = Governance.Patching.V1.Remediation.Types.ClosedBy;
using Outcome = Governance.Patching.V1.Remediation.Types.DeadlineOutcome;
using Proto = Governance.Patching.V1;
using Stand = Governance.Patching.V1.Remediation.Types.State;

namespace Governance.Patching.Remediations;

/// <summary>What one component must do about one advisory, or one end of life, in one environment, and by when.</summary>
internal sealed partial class Remediation : Aggregate
{
    /// <summary>Stands for "never" where no rule applies.</summary>
    public static readonly Instant NoDue = Instant.FromUtc(9999, 1, 1, 0, 0);

    /// <summary>In which order lists show them.</summary>
    public static readonly Keyset<Remediation> DueSoonest = new Keyset<Remediation>().By(one => one.Due).By(one => one.Id);

    private Remediation()
    {
    }

    public override string Name => $"remediations/{Id}";

    /// <summary>All that is shown of it, apart from its etag.</summary>
    public Proto.Remediation Body { get; private set; } = new();

    /// <summary>Empty where it follows from an end of life.</summary>
    public string AdvisoryId { get; private set; } = "";

    public string Component { get; private set; } = "";

    public string Environment { get; private set; } = "";

    public Severity Severity { get; private set; }

    public Instant Due { get; private set; }

    public string Owner { get; private set; } = "";

    public Stand Status { get; private set; }

    public bool IsOpen { get; private set; }

    /// <summary>Open or excepted: it follows what becomes known.</summary>
    public bool IsPending => IsOpen || Status == Stand.Excepted;

    public Outcome Outcome { get; private set; }

    /// <summary>When it was closed; null while it is not.</summary>
    public Instant? ClosedAt { get; private set; }

    /// <summary>Only the id; empty when no rollout carries it.</summary>
    public string RolloutId { get; private set; } = "";

    /// <summary>The stamp of the policy that assessed it last.</summary>
    public string AssessedBy { get; private set; } = "";

    public static Remediation Open(AdvisoryFacts advisory, string component, string environment, InventoryMatch match, Instant now)
    {
        var remediation = new Remediation
        {
            Id = Guid.CreateVersion7().ToString(),
            AdvisoryId = advisory.Id,
            Component = component,
            Environment = environment,
        };
        remediation.Edit("CREATED", now, body =>
        {
            (body.Name, body.Kind) = (remediation.Name, Proto.Remediation.Types.Kind.Vulnerability);
            body.Advisory = $"advisories/{advisory.Id}";
            (body.Component, body.Environment) = (component, environment);
            body.Opened = now.ToTimestamp();
            body.State = Stand.Open;
            body.Feasibility = new Proto.Feasibility { State = Proto.Feasibility.Types.State.Unknown };
            Take(body, match);
        });
        return remediation;
    }

    /// <summary>Takes over what is installed.</summary>
    public void Find(InventoryMatch match, Instant now) => Edit("UPDATED", now, body => Take(body, match));

    /// <summary>
    /// Looks at the deadline anew: whatever changed of advisory, component or policy, the due date follows as the policy's
    /// setting says, and the history keeps why. A missed deadline stays missed.
    /// </summary>
    public void Assess(AdvisoryFacts advisory, ComponentFacts component, PolicyInForce policy, Instant now)
    {
        var isChanged = Edit("UPDATED", now, body =>
        {
            var assessment = DueAssessment.Of(body, AssessedBy, advisory, component, policy);
            (body.Advisory, body.Owner) = ($"advisories/{advisory.Id}", component.Owner);
            Take(body, assessment.Facts);
            if (IsPast(body, now)) body.DeadlineOutcome = Outcome.Missed;
            if (assessment.IsTaken) Take(body, assessment, now);
            body.ForensicTriage = assessment.Decision?.ForensicTriage ?? false;
            if (IsPast(body, now)) body.DeadlineOutcome = Outcome.Missed;
        });
        if (isChanged) AssessedBy = policy.Stamp;
    }

    /// <summary>Its due instant has passed.</summary>
    public void Miss(Instant now) => Edit("MISSED", now, body =>
    {
        body.DeadlineOutcome = Outcome.Missed;
        if (body.Kind == Proto.Remediation.Types.Kind.EndOfLife) body.Severity = Common.V1.Severity.High;
    });

    public void Remediate(ClosedBy by, string evidence, Instant now) => Edit("REMEDIATED", now, body =>
    {
        if (body.DeadlineOutcome != Outcome.Missed) body.DeadlineOutcome = IsPast(body, now) ? Outcome.Missed : Outcome.Met;
        Close(body, Stand.Remediated, by, evidence, now);
    });

    public void Withdraw(string evidence, Instant now) => Edit("WITHDRAWN", now, body =>
    {
        if (IsPast(body, now)) body.DeadlineOutcome = Outcome.Missed;
        Close(body, Stand.Withdrawn, ClosedBy.Advisory, evidence, now);
    });

    /// <summary>It is affected again, or was closed by mistake. A missed deadline stays missed.</summary>
    public void Reopen(string reason, Instant now) => Edit("REOPENED", now, body =>
    {
        (body.State, body.Closed, body.ClosedBy, body.Evidence, body.Rollout) = (Stand.Open, null, ClosedBy.Unspecified, "", "");
        (body.Assessment, body.Patch, body.StillShownBy, body.ReopenReason) = (null, null, "", reason);
        if (body.DeadlineOutcome == Outcome.Met) body.DeadlineOutcome = Outcome.Unspecified;
    });

    /// <summary>A rollout carries it, or none does any more.</summary>
    /// <param name="rollout">The rollout's name; empty: none.</param>
    /// <param name="now">The present instant.</param>
    public void Carry(string rollout, Instant now) => Edit("UPDATED", now, body =>
    {
        body.Rollout = rollout;
        if (rollout.Length == 0 && body.State != Stand.Excepted) body.State = Stand.Open;
    });

    /// <summary>Follows its rollout.</summary>
    public void Follow(Stand state, Instant now) =>
        Edit(state == Stand.InProgress ? "IN_PROGRESS" : state.ToString().ToUpperInvariant(), now, body => body.State = state);

    public void Judge(Proto.Feasibility feasibility, Instant now) => Edit("UPDATED", now, body => body.Feasibility = feasibility);

    /// <summary>An inventory still shows what was closed otherwise.</summary>
    public void StillShow(string inventory, Instant now) => Edit("UPDATED", now, body => body.StillShownBy = inventory);

    /// <summary>Its advisory goes on under another id.</summary>
    public void Rename(string advisoryId, Instant now)
    {
        AdvisoryId = advisoryId;
        Edit("UPDATED", now, body => body.Advisory = $"advisories/{advisoryId}");
    }

    /// <summary>What is affected now and was not when it was last looked at.</summary>
    public IReadOnlyList<Proto.AffectedItem> NewIn(InventoryMatch match)
    {
        var known = Body.Packages.Select(item => (item.Package, item.Version)).ToHashSet();
        return [.. match.Items.Where(item => !known.Contains((item.Package, item.Version)))];
    }

    public Proto.Remediation ToProto()
    {
        var message = Body.Clone();
        message.Etag = Etag;
        return message;
    }

    protected override IMessage ToEvent() => new Proto.RemediationChanged { Remediation = ToProto() };

    private static void Take(Proto.Remediation body, InventoryMatch match)
    {
        body.Packages.Clear();
        body.Packages.AddRange(match.Items);
        body.Undecided = match.IsUndecided;
    }

    /// <summary>What was known when the deadline was last looked at.</summary>
    private static void Take(Proto.Remediation body, RemediationFacts facts)
    {
        (body.Severity, body.Kev, body.Tier) = (facts.Severity.ToProto(), facts.Kev, facts.Tier ?? body.Tier);
        body.TechnicalImpact = facts.TechnicalImpact.ToProto();
        body.ClearInternetExposed();
        body.ClearAutomatable();
        body.ClearEpss();
        if (facts.InternetExposed is { } exposed) body.InternetExposed = exposed;
        if (facts.Automatable is { } automatable) body.Automatable = automatable;
        if (facts.Epss is { } probability) body.Epss = (double)probability;
    }

    private static void Take(Proto.Remediation body, DueAssessment assessment, Instant now)
    {
        var (decision, due) = (assessment.Decision, assessment.Due);
        (body.Rule, body.ClockBasis, body.ClockStart) = (assessment.Rule, decision?.ClockBasis ?? "", decision?.ClockStart.ToTimestamp());
        body.SkippedDays.Clear();
        body.SkippedDays.AddRange(decision?.SkippedDays.Select(day => day.ToProto()) ?? []);
        var isFirst = body.DueHistory.Count == 0 && decision is not null;
        if (Equals(due, body.Due) && !isFirst) return;
        body.DueHistory.Add(new Proto.DueChange { At = now.ToTimestamp(), From = body.Due, To = due, Reason = assessment.Reason });
        if (isFirst) body.LateWhenFirstSeen = decision!.IsLateAt(body.Opened.ToDateTimeOffset());
        body.Due = due;
    }

    private static void Close(Proto.Remediation body, Stand state, ClosedBy by, string evidence, Instant now)
    {
        (body.State, body.ClosedBy, body.Closed, body.Evidence) = (state, by, now.ToTimestamp(), evidence);
        EndPeriod(body, now);
    }

    /// <summary>An exception suspends the deadline.</summary>
    private static bool IsPast(Proto.Remediation body, Instant now) =>
        body.State != Stand.Excepted && body.Due is { } due && due.ToInstant() < now;

    /// <summary>Changes a copy of the body; a change that changes nothing is none.</summary>
    /// <returns>Whether it changed anything.</returns>
    private bool Edit(string verb, Instant now, Action<Proto.Remediation> change, Instant? since = null)
    {
        var body = Body.Clone();
        change(body);
        if (body.Equals(Body)) return false;
        Remember(body, since ?? now);
        Body = body;
        (Severity, Owner, Status, Outcome) = (body.Severity, body.Owner, body.State, body.DeadlineOutcome);
        IsOpen = Status is Stand.Open or Stand.Scheduled or Stand.InProgress;
        Due = body.Due?.ToInstant() ?? NoDue;
        RolloutId = body.Rollout.Length == 0 ? "" : body.Rollout["rollouts/".Length..];
        ClosedAt = body.Closed?.ToInstant();
        Changed(verb, now);
        return true;
    }

    /// <summary>Keeps what reports about the past need, whichever verb it was.</summary>
    private void Remember(Proto.Remediation body, Instant now)
    {
        if (body.State != Body.State && Body.State != Stand.Unspecified)
        {
            body.StateHistory.Add(new Proto.StateChange { At = now.ToTimestamp(), State = body.State });
        }
        if (body.DeadlineOutcome == Outcome.Missed && Body.DeadlineOutcome != Outcome.Missed)
        {
            body.MissedAt =
                body.MissedFrom(Instant.Max((IsPast(Body, now) ? Body.Due : body.Due).ToInstant(), body.Opened.ToInstant())).ToTimestamp();
        }
    }
}
