using System.Globalization;
using NodaTime;

namespace Governance.Ownership.Schedules;

/// <summary>What a schedule is made of.</summary>
/// <param name="Zone">In which its rotations' local times are meant.</param>
/// <param name="Rotations">The later wins over the earlier wherever it has somebody.</param>
/// <param name="Shifts">Win over rotations; the later in the list over the earlier.</param>
/// <param name="Overrides">Win over all; the later in the list over the earlier.</param>
internal sealed record ScheduleTerms(
    DateTimeZone Zone, IReadOnlyList<Rotation> Rotations, IReadOnlyList<Shift> Shifts, IReadOnlyList<DutyOverride> Overrides);

/// <summary>Why somebody is on duty, or nobody is.</summary>
internal enum DutyReason
{
    SupportHours,
    Override,
    Shift,
    Layer,
    NobodyScheduled,
    NotStated,
}

/// <summary>One reason. Its text is written only when it is read: most answers are looked at for who alone.</summary>
internal sealed class DutyStep(DutyReason reason, Func<string> detail)
{
    public DutyReason Reason => reason;

    /// <summary>For people, with local times.</summary>
    public string Detail => detail();
}

/// <summary>Who is on duty at an instant.</summary>
/// <param name="User">`users/…`; empty: nobody, or nobody in particular.</param>
/// <param name="Step">What made it so.</param>
internal readonly record struct OnCall(string User, DutyStep Step);

/// <summary>Who is on call when: rotations in layers, shifts and overrides.</summary>
internal sealed class OnCallSchedule
{
    private static readonly OnCall Nobody =
        new("", new DutyStep(DutyReason.NobodyScheduled, () => "No shift and no rotation has anybody at this time."));

    private readonly Layer[] _layers;

    public OnCallSchedule(ScheduleTerms terms)
    {
        Terms = terms;
        _layers = [.. terms.Rotations.Select(rotation => new Layer(rotation, terms.Zone))];
    }

    public ScheduleTerms Terms { get; }

    /// <summary>Overrides alone make no schedule: between them it has nothing to say.</summary>
    public bool HasPlan => Terms.Rotations.Count + Terms.Shifts.Count > 0;

    /// <summary>The override in force; null: none.</summary>
    public OnCall? Overridden(Instant instant)
    {
        for (var i = Terms.Overrides.Count - 1; i >= 0; i--)
        {
            if (Terms.Overrides[i] is var one && one.From <= instant && instant < one.Until)
            {
                return new OnCall(one.User, new DutyStep(DutyReason.Override, () => Describe(one)));
            }
        }
        return null;
    }

    /// <summary>Who is on call by overrides, shifts and rotations.</summary>
    public OnCall At(Instant instant) => Overridden(instant) ?? Planned(instant);

    /// <summary>Who is on call by shifts and rotations alone.</summary>
    public OnCall Planned(Instant instant)
    {
        for (var i = Terms.Shifts.Count - 1; i >= 0; i--)
        {
            if (Terms.Shifts[i] is var one && one.From <= instant && instant < one.Until)
            {
                return new OnCall(
                    one.User, new DutyStep(DutyReason.Shift, () => $"Shift of {one.User} until {Terms.Zone.Describe(one.Until)}."));
            }
        }
        for (var i = _layers.Length - 1; i >= 0; i--)
        {
            if (_layers[i] is { Rotation: var rotation } layer && layer.At(instant) is { } on)
            {
                return new OnCall(on.User, new DutyStep(DutyReason.Layer, () => Describe(rotation, on.Turn)));
            }
        }
        return Nobody;
    }

    /// <summary>The next instant at which the answer may be another; null: none soon.</summary>
    public Instant? NextEdge(Instant after)
    {
        Instant? next = null;
        foreach (var one in Terms.Overrides) next = Edges.Earliest(next, Edges.Next(one.From, one.Until, after));
        foreach (var one in Terms.Shifts) next = Edges.Earliest(next, Edges.Next(one.From, one.Until, after));
        foreach (var layer in _layers) next = Edges.Earliest(next, layer.NextEdge(after));
        return next;
    }

    private string Describe(DutyOverride one) =>
        $"Overridden until {Terms.Zone.Describe(one.Until)}: "
            + $"{(one.User.Length > 0 ? one.User : "nobody")}{(one.Reason.Length > 0 ? $" ({one.Reason})" : "")}.";

    private string Describe(Rotation rotation, Turn turn) => string.Create(
        CultureInfo.InvariantCulture,
        $"Rotation '{rotation.Id}', turn {turn.Number + 1} of {rotation.Turn}, from {Terms.Zone.Describe(turn.Span.Start)} until "
            + $"{Terms.Zone.Describe(turn.Span.End)}.");
}
