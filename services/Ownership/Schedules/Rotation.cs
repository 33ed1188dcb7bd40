using System.Globalization;
using NodaTime;

namespace Governance.Ownership.Schedules;

internal enum TurnUnit
{
    /// <summary>Elapsed hours: the local time of the handover moves by an hour where clocks change.</summary>
    Hours,

    /// <summary>Local days: the handover keeps its local time in winter and summer.</summary>
    Days,

    /// <summary>Seven local days.</summary>
    Weeks,
}

/// <summary>How long one member is on duty before the next.</summary>
/// <param name="Count">At least 1.</param>
/// <param name="Unit">Of what.</param>
internal readonly record struct TurnLength(int Count, TurnUnit Unit)
{
    public override string ToString()
    {
        var unit = Unit switch { TurnUnit.Hours => "hour", TurnUnit.Days => "day", _ => "week" };
        return string.Create(CultureInfo.InvariantCulture, $"{Count} {unit}{(Count == 1 ? "" : "s")}");
    }
}

/// <summary>Members who take turns.</summary>
/// <param name="Id">Names it within its schedule.</param>
/// <param name="Members">`users/…` in the order of their turns, at least one; one may come more than once.</param>
/// <param name="Start">Local time at which the first turn begins: the anchor of all handovers. Nobody is on duty before.</param>
/// <param name="Turn">How long a turn is.</param>
internal sealed record Rotation(string Id, IReadOnlyList<string> Members, LocalDateTime Start, TurnLength Turn)
{
    /// <summary>When the rotation applies; empty: all the time.</summary>
    public IReadOnlyList<CivilRange> Restrictions { get; init; } = [];

    /// <summary>It applies from then, inclusive; turns are counted from its start all the same. Null: from its start.</summary>
    public Instant? From { get; init; }

    /// <summary>It applies until then, exclusive; null: no end.</summary>
    public Instant? Until { get; init; }
}

/// <summary>Somebody on duty for a given time.</summary>
/// <param name="User">`users/…`.</param>
/// <param name="From">Inclusive.</param>
/// <param name="Until">Exclusive.</param>
internal sealed record Shift(string User, Instant From, Instant Until);

/// <summary>An exception from the schedule.</summary>
/// <param name="User">`users/…`; empty: nobody.</param>
/// <param name="From">Inclusive.</param>
/// <param name="Until">Exclusive.</param>
/// <param name="Reason">Why.</param>
internal sealed record DutyOverride(string User, Instant From, Instant Until, string Reason);
