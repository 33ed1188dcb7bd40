using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.ICalendar;
using Governance.MaintenanceWindows.Recurrence;
using NodaTime;
using NodaTime.Text;

namespace Governance.MaintenanceWindows.Imports;

/// <summary>A time as an event writes it.</summary>
/// <param name="Civil">A date or a local time.</param>
/// <param name="Zone">The zone that it names, as IANA does; empty when it names none.</param>
internal readonly record struct EventTime(CivilTime Civil, string Zone)
{
    public const string Utc = "UTC";

    public bool IsDate => Civil.Form == CivilForm.Date;

    /// <summary>The instant that is meant, by RFC 5545 §3.3.5 where clocks change.</summary>
    /// <param name="zone">The zone of times that name none.</param>
    public Instant ToInstant(string zone) => Zones.Get(Zone.Length > 0 ? Zone : zone).AtLeniently(Civil.Value).ToInstant();

    /// <summary>As the recurrence engine reads it beside a start in a zone.</summary>
    public string Beside(string zone) =>
        IsDate || Zone.Length == 0 || Zone == zone ? Civil.ToString() : InstantPattern.General.Format(ToInstant(zone));
}

/// <summary>Reads the times of a calendar's events.</summary>
/// <param name="zones">What its TZIDs mean.</param>
/// <param name="floating">The zone of times that name none; empty: such times are refused.</param>
internal sealed class EventTimeReader(ZoneNames zones, string floating)
{
    public string Floating => floating;

    /// <summary>The times of a property, one or a list; what is wrong is added to the faults.</summary>
    public List<EventTime> Read(ContentLine line, List<string> faults) =>
        [.. line.Value.Split(',').Select(text => Read(line, text, faults)).OfType<EventTime>()];

    /// <summary>One time; null, with a fault added, when it cannot be read.</summary>
    public EventTime? Read(ContentLine line, string text, List<string> faults)
    {
        if (!CivilTime.TryParse(text, out var civil, out var reason)) return Refuse(faults, line, reason);
        if (line.IsDate != (civil.Form == CivilForm.Date) && !line.IsPeriod && (line.IsDate || line.Parameter("VALUE") is not null))
        {
            return Refuse(faults, line, $"'{text}' is not of the type that VALUE says");
        }
        if (civil.Form == CivilForm.Utc) return new EventTime(civil with { Form = CivilForm.Local }, EventTime.Utc);
        if (civil.Form == CivilForm.Date || line.Parameter("TZID") is not { } tzid) return new EventTime(civil, "");
        return zones.Resolve(tzid, out reason) is { } zone ? new EventTime(civil, zone) : Refuse(faults, line, reason);
    }

    private static EventTime? Refuse(List<string> faults, ContentLine line, string reason)
    {
        faults.Add($"{line.Name}: {reason}");
        return null;
    }
}
