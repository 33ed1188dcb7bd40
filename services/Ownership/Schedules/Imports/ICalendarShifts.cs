using Governance.BuildingBlocks.ICalendar;
using NodaTime;

namespace Governance.Ownership.Schedules.Imports;

/// <summary>
/// Reads an on-call feed: each event is a shift of the person of its first ATTENDEE, or, without one, whom its SUMMARY names.
/// Cancelled events are left out; the later beginning of two that overlap wins.
/// </summary>
internal static class ICalendarShifts
{
    private const int Most = 5000;

    /// <param name="document">Its octets.</param>
    /// <param name="zone">Of local times without a zone, when the document names none.</param>
    /// <param name="from">What ended by then is left out.</param>
    /// <exception cref="FormatException">It is no iCalendar document, or holds too much.</exception>
    public static ImportedSchedule Read(ReadOnlyMemory<byte> document, DateTimeZone zone, Instant from)
    {
        var calendars = CalendarParser.Parse(document);
        var people = new Dictionary<string, ImportedPerson>(StringComparer.Ordinal);
        var (shifts, rejected, position) = (new List<Shift>(), new List<ImportReject>(), 0);
        foreach (var calendar in calendars)
        {
            if (calendar.Faults.Count > 0) throw new FormatException($"The calendar cannot be read: {string.Join("; ", calendar.Faults)}.");
            var zones = FeedZones.Of(calendar, zone);
            foreach (var item in calendar.Children.Where(one => one.Kind == "VEVENT"))
            {
                position++;
                if (item.Value("STATUS").Equals("CANCELLED", StringComparison.OrdinalIgnoreCase)) continue;
                if (Fault(item, zones, from, people, shifts) is { } reason)
                {
                    rejected.Add(new ImportReject(position, item.Value("UID"), reason));
                }
            }
        }

        if (shifts.Count > Most) throw new FormatException($"Has {shifts.Count} shifts; at most {Most} are allowed.");
        var terms = new ScheduleTerms(FeedZones.Of(calendars[0], zone).Floating, [], [.. shifts.OrderBy(shift => shift.From)], []);
        return new ImportedSchedule(terms, [.. people.Values], rejected);
    }

    /// <summary>Takes an event, or says why it cannot be taken.</summary>
    private static string? Fault(
        CalendarComponent item, FeedZones zones, Instant from, Dictionary<string, ImportedPerson> people, List<Shift> shifts)
    {
        if (item.Faults.Count > 0) return $"It has lines that cannot be read: {string.Join("; ", item.Faults)}.";
        try
        {
            var person = Person(item);
            shifts.AddRange(Shifts(item, person.Key, zones).Where(shift => shift.Until > from).ToList());
            people.TryAdd(person.Key, person);
            return null;
        }
        catch (FormatException fault)
        {
            return fault.Message;
        }
        catch (Exception fault) when (fault is OverflowException or ArgumentOutOfRangeException)
        {
            return "It reaches beyond the year 9999.";
        }
    }

    private static IEnumerable<Shift> Shifts(CalendarComponent item, string person, FeedZones zones)
    {
        var start = ShiftTime.Read(item.First("DTSTART") ?? throw new FormatException("It has no DTSTART."), zones);
        var end = item.First("DTEND") is { } line ? ShiftTime.Read(line, zones) : null;
        var length = item.First("DURATION") is { } written ? Length(written) : new DurationText(start.IsDate ? 1 : 0, 0);
        foreach (var offset in ICalendarRepeats.Offsets(item, start).ToList())
        {
            var begins = start.Local.PlusDays(offset);
            var from = start.Zone.Opening(begins);
            var until = end is not null
                ? end.Zone.Closing(end.Local.PlusDays(offset))
                : start.Zone.Opening(begins.PlusDays((int)length.Days)) + Duration.FromSeconds(length.Seconds);
            if (from >= until) throw new FormatException("It does not end after it begins.");
            yield return new Shift(person, from, until);
        }
    }

    private static DurationText Length(ContentLine line) => DurationText.TryParse(line.Value, out var length, out var reason)
        ? length
        : throw new FormatException($"Line {line.Number}: {line.Name}: {reason}.");

    private static ImportedPerson Person(CalendarComponent item)
    {
        var summary = TextValues.Read(item.Value("SUMMARY"), int.MaxValue);
        if (item.First("ATTENDEE") is { } attendee && attendee.Value.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
        {
            var email = attendee.Value[7..].Trim();
            return new ImportedPerson(email.ToLowerInvariant(), attendee.Parameter("CN") ?? "", email);
        }

        return summary.Length > 0
            ? new ImportedPerson(summary, summary, "")
            : throw new FormatException("It has neither ATTENDEE nor SUMMARY: it names nobody.");
    }
}
