using Governance.BuildingBlocks.Calendars;
using NodaTime;

namespace Governance.Ownership.Schedules;

/// <summary>A rotation in its schedule's zone, ready to be asked.</summary>
internal sealed class Layer
{
    private static readonly Duration Foresight = Duration.FromDays(400);

    private readonly Turns _turns;
    private readonly CivilRanges? _restrictions;
    private readonly Instant _from;

    public Layer(Rotation rotation, DateTimeZone zone)
    {
        Rotation = rotation;
        _turns = new Turns(zone, rotation.Start, rotation.Turn);
        _from = rotation.From is { } from ? Instant.Max(from, _turns.First) : _turns.First;
        _restrictions = rotation.Restrictions.Count > 0 ? new CivilRanges(zone, rotation.Restrictions, HolidayDates.None) : null;
    }

    public Rotation Rotation { get; }

    /// <summary>Who of this layer is on duty, and in which turn; null: nobody.</summary>
    public (string User, Turn Turn)? At(Instant instant)
    {
        if (instant < _from || instant >= Rotation.Until || _restrictions?.Contains(instant) == false) return null;
        var turn = _turns.At(instant);
        return (Rotation.Members[(int)(turn.Number % Rotation.Members.Count)], turn);
    }

    /// <summary>The next instant at which the answer may be another; null: none soon.</summary>
    public Instant? NextEdge(Instant after)
    {
        if (after >= Rotation.Until) return null;
        if (after < _from) return _from;
        var turn = Rotation.Members.Count > 1 ? _turns.At(after).Span.End : (Instant?)null;
        return Edges.Earliest(Edges.Earliest(turn, Rotation.Until), _restrictions?.NextEdge(after, Foresight));
    }
}
