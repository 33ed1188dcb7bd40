using System.Globalization;
using Governance.Windows.V1;
using NodaTime;
using static Governance.Windows.V1.CheckChangeResponse.Types;
using Effect = Governance.Windows.V1.Reason.Types.Effect;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>Every rule that fires for one question.</summary>
internal sealed class VerdictEvidence(CalendarSnapshot calendar, ChangeQuestion question, Subject subject)
{
    private readonly ChangeDemand _demand = question.Demand;
    private readonly Explanation _explain = new(calendar);
    private readonly Obstacles _obstacles = new(calendar, question.Demand, question.Now);
    private readonly TimeRange _start = new(question.At, question.At + Duration.Epsilon);
    private readonly List<Reason> _reasons = [];
    private Reason? _open;
    private Reason? _shut;
    private Reason? _busy;

    public IEnumerable<Reason> All => _reasons;

    /// <summary>The roles that may request the overrides that are missing.</summary>
    public SortedSet<string> OverrideRoles { get; } = new(StringComparer.Ordinal);

    private DateTimeZone Zone => subject.Windows.Length > 0 ? subject.Windows[0].Zone : DateTimeZone.Utc;

    /// <summary>What speaks against it besides freezes and vendors' maintenance; null when nothing does.</summary>
    public Reason? Denial => !subject.NeedsWindow ? null : _open is null ? _shut : _busy;

    /// <summary>What speaks for it.</summary>
    public Reason Permission => _open ?? Rule("NO_WINDOW_REQUIRED");

    public Reason Rule(string rule) => _reasons.First(reason => reason.Rule == rule);

    public Reason? First(string rule, Effect effect) => _reasons.Find(reason => reason.Rule == rule && reason.Effect == effect);

    public void Gather()
    {
        if (question.BacksOut.Length > 0)
        {
            Add("BACK_OUT", Effect.Allow, $"It backs out {question.BacksOut}; backing out is never denied.", question.BacksOut);
        }
        Freezes();
        Maintenance();
        if (subject.NeedsWindow) Windows();
        else Add("NO_WINDOW_REQUIRED", Effect.Allow, $"No policy asks for a window for {subject.Component} in {subject.Environment}.");
        Busy();
        Approvals();
    }

    /// <summary>The reasons that come before all others, even the one that decided.</summary>
    public IEnumerable<Reason> Unknown(Verdict verdict)
    {
        var effect = verdict is Verdict.Allowed or Verdict.ApprovalRequired ? Effect.Warn : Effect.Deny;
        const string Judged = "it is judged as tier 1 in production, and only a window that names it lets it through";
        if (subject.ComponentUnknown)
        {
            yield return new()
            {
                Rule = "COMPONENT_UNKNOWN",
                Effect = effect,
                Resource = subject.Component,
                Detail = $"Nobody has heard of {subject.Component}: {Judged}.",
            };
        }
        if (subject.EnvironmentUnknown)
        {
            yield return new()
            {
                Rule = "ENVIRONMENT_UNKNOWN",
                Effect = effect,
                Resource = subject.Environment,
                Detail = $"{subject.Component} is not known to run in '{subject.Environment}': {Judged}.",
            };
        }
    }

    /// <summary>What should be known of a start that is allowed: overrides and exemptions used, approvals missing.</summary>
    public static IEnumerable<Reason> NotesOn(CalendarSnapshot calendar, ChangeQuestion question)
    {
        var evidence = new VerdictEvidence(calendar, question, Subject.Of(calendar, question.Demand.Components[0], question.Demand));
        evidence.Gather();
        return evidence.Unknown(Verdict.Allowed).Concat(evidence.All.Where(
            reason => reason.Rule is "FREEZE_EXEMPT" or "FREEZE_OVERRIDDEN" or "PROVIDER_MAINTENANCE" or "APPROVAL_MISSING"));
    }

    /// <summary>Adds the next time to the reason that names none.</summary>
    public void NextIs(Instant next, CheckChangeResponse answer)
    {
        var none = answer.Reasons.FirstOrDefault(reason => reason.Rule == "NO_OPEN_WINDOW");
        if (none is null) return;
        none.Until = LocalTimes.Stamp(next);
        none.Detail += $" The next start is possible on {LocalTimes.Say(next, subject.Windows[0].Zone)}.";
    }

    private void Freezes()
    {
        var blocks = new List<Block>();
        _obstacles.Freezes(subject, _start, blocks);
        foreach (var block in blocks.Where(block => block.Constraint == Constraint.Frozen))
        {
            var roles = calendar.Freezes.Find(block.Resource)!.OverrideRoles;
            if (roles is { } some) OverrideRoles.UnionWith(some);
            _reasons.Add(_explain.Reason(block, roles is null ? Effect.Deny : Effect.RequireOverride, DateTimeZone.Utc));
        }
        foreach (var freeze in subject.Freezes)
        {
            foreach (var cause in freeze.Occurrences.Near(_start.Start, _start.Start + _demand.Work))
            {
                if (cause.Overlaps(_start.Start, _start.Start + _demand.Work)) Passed(freeze, cause, blocks);
            }
        }
    }

    private void Passed(FreezeFacts freeze, TimeRange cause, List<Block> blocks)
    {
        var when = LocalTimes.Say(cause, freeze.Zone);
        if (freeze.Exempts(_demand))
        {
            Add("FREEZE_EXEMPT", Effect.Allow, $"{freeze.Name} holds {when}, and exempts this kind and severity.", freeze.Name, cause);
        }
        else if (!blocks.Exists(block => block.Resource == freeze.Name) && freeze.OverrideFor(_demand, subject.Component) is { } passes)
        {
            Add(
                "FREEZE_OVERRIDDEN",
                Effect.Allow,
                $"{freeze.Name} holds {when}; {passes.Name} lets it pass until {LocalTimes.Say(passes.ExpireTime, freeze.Zone)}.",
                passes.Name,
                cause);
        }
    }

    private void Maintenance()
    {
        foreach (var one in subject.MaintenanceIn(_start.Start, _start.Start + _demand.Footprint))
        {
            Add("PROVIDER_MAINTENANCE", one.Denies ? Effect.Deny : Effect.Warn, _explain.Maintained(
                one, subject.Component, Zone), one.Name, one.Held);
        }
    }

    private void Windows()
    {
        foreach (var window in subject.Windows)
        {
            foreach (var occurrence in window.Occurrences.Near(_start.Start, _start.End))
            {
                if (occurrence.Contains(question.At)) Judge(window, occurrence);
            }
        }
        if (_open is not null || _shut is not null) return;
        _shut = subject.Windows.Length == 0
            ? Add("NO_WINDOW", Effect.Deny, $"A policy asks for a window, and none covers {subject.Component} in {subject.Environment}.")
            : Add("NO_OPEN_WINDOW", Effect.Deny, $"None of the {subject.Windows.Length.ToString(CultureInfo.InvariantCulture)} windows "
                + $"that cover {subject.Component} is open on {LocalTimes.Say(question.At, subject.Windows[0].Zone)}.");
    }

    private void Judge(WindowFacts window, TimeRange occurrence)
    {
        var held = LocalTimes.Say(occurrence, window.Zone);
        var starts = window.Starts(occurrence, _demand.Footprint);
        if (!window.Kinds.Has(_demand.Kind))
        {
            Shut("KIND_NOT_ALLOWED", $"{window.Name} is held {held}, and allows {window.Kinds} only.", window.Name, occurrence);
        }
        else if (question.At < window.HeldFrom)
        {
            Shut("WINDOW_PAUSED", $"{window.Name} would be held {held}, and is paused{Until(window)}.", window.Name, occurrence);
        }
        else if (question.At > occurrence.End - _demand.Footprint)
        {
            Shut(
                "TOO_SHORT",
                $"{window.Name} is held {held}: less than the {LocalTimes.Say(_demand.Footprint)} that it takes are left.",
                window.Name,
                occurrence);
        }
        else if (question.At >= starts.End)
        {
            Shut(
                "CUTOFF",
                $"{window.Name} is held {held}, and nothing starts in its last {LocalTimes.Say(window.Cutoff)}.",
                window.Name,
                occurrence);
        }
        else
        {
            Open(window, occurrence, held);
        }
    }

    private void Open(WindowFacts window, TimeRange occurrence, string held)
    {
        var blocks = new List<Block>();
        _obstacles.Window(window, occurrence, _start, blocks);
        if (blocks.Count == 0)
        {
            _open = First(_open, Add("WINDOW_OPEN", Effect.Allow, $"{window.Name} is open {held}.", window.Name, occurrence));
        }
        foreach (var block in blocks)
        {
            var reason = _explain.Reason(block, Effect.Deny, window.Zone);
            _reasons.Add(reason);
            _shut = First(_shut, reason);
        }
    }

    /// <summary>Other changes forbid where a window is asked for; elsewhere they are worth knowing.</summary>
    private void Busy()
    {
        var blocks = new List<Block>();
        _obstacles.Busy(subject, _start, blocks);
        foreach (var block in blocks)
        {
            var reason = _explain.Reason(block, subject.NeedsWindow ? Effect.Deny : Effect.Warn, Zone);
            _reasons.Add(reason);
            _busy = First(_busy, reason);
        }
    }

    private void Approvals()
    {
        var strictest = subject.Policies.Where(policy => policy.Kinds.Has(_demand.Kind))
            .MaxBy(policy => policy.ApprovalsFor(_demand.Type));
        if (strictest is null || strictest.ApprovalsFor(_demand.Type) is not (> 0 and var needed)) return;
        var given = _demand.Approvers.Length;
        var has = given == 0 ? "it has none" : $"it has those of {string.Join(", ", _demand.Approvers)}";
        var asks = string.Create(
            CultureInfo.InvariantCulture, $"{strictest.Name} asks for {needed} approval{(needed == 1 ? "" : "s")}; {has}");
        if (given >= needed)
        {
            Add("APPROVED", Effect.Allow, $"{asks}.", strictest.Name);
        }
        else
        {
            Add("APPROVAL_MISSING", Effect.RequireApproval, string.Create(
                CultureInfo.InvariantCulture, $"{asks}. Missing: {needed - given} of people with windows.approve who neither asked for "
                    + $"it nor implement it."), strictest.Name);
        }
    }

    private void Shut(string rule, string detail, string resource, TimeRange when) =>
        _shut = First(_shut, Add(rule, Effect.Deny, detail, resource, when));

    private Reason Add(string rule, Effect effect, string detail, string resource = "", TimeRange? when = null)
    {
        var reason = new Reason { Rule = rule, Effect = effect, Detail = detail, Resource = resource };
        if (when is { } range) (reason.From, reason.Until) = (LocalTimes.Stamp(range.Start), LocalTimes.Stamp(range.End));
        _reasons.Add(reason);
        return reason;
    }

    private static Reason First(Reason? earlier, Reason later) => earlier ?? later;

    private static string Until(WindowFacts window) =>
        window.HeldFrom >= TimeArithmetic.Latest ? "" : $" until {LocalTimes.Say(window.HeldFrom, window.Zone)}";
}
