using System.Globalization;

namespace Governance.BuildingBlocks.ICalendar;

/// <summary>Reads the components of an iCalendar file. What they mean is left to others.</summary>
public sealed class CalendarParser
{
    private readonly List<CalendarComponent> _calendars = [];
    private readonly Stack<CalendarComponent> _open = new();
    private int _count;

    private CalendarParser() { }

    /// <summary>The VCALENDARs of a file, one or more.</summary>
    /// <exception cref="CalendarFault">It is no iCalendar 2.0 file, or cut off, or too large.</exception>
    public static IReadOnlyList<CalendarComponent> Parse(ReadOnlyMemory<byte> document)
    {
        var parser = new CalendarParser();
        foreach (var line in UnfoldedLines.Of(document)) parser.Take(line);
        if (parser._open.TryPeek(out var open))
        {
            throw new CalendarFault(open.Line, $"begins a {open.Kind} that never ends; the file is cut off");
        }
        if (parser._calendars.Count == 0) throw new CalendarFault(1, "begins no VCALENDAR");
        foreach (var calendar in parser._calendars) DemandReadable(calendar);
        return parser._calendars;
    }

    private void Take(UnfoldedLine line)
    {
        if (string.IsNullOrWhiteSpace(line.Text) && line.Text is not null) return;
        var reason = "is no UTF-8";
        var read = line.Text is null ? null : ContentLine.Parse(line.Number, line.Text, out reason);
        if (read is { Name: "BEGIN" })
        {
            Begin(read);
        }
        else if (read is { Name: "END" })
        {
            End(read);
        }
        else if (!_open.TryPeek(out var open))
        {
            throw new CalendarFault(line.Number, "stands outside of any VCALENDAR; the file is no iCalendar");
        }
        else if (read is null)
        {
            open.Faults.Add(string.Create(CultureInfo.InvariantCulture, $"line {line.Number} {reason}"));
        }
        else
        {
            open.Properties.Add(read);
        }
    }

    private void Begin(ContentLine line)
    {
        var component = new CalendarComponent(line.Value.Trim().ToUpperInvariant(), line.Number);
        if (++_count > CalendarLimits.MostComponents)
        {
            throw new CalendarFault(line.Number, $"begins more than {CalendarLimits.MostComponents} components");
        }
        if (_open.Count >= CalendarLimits.Deepest)
        {
            throw new CalendarFault(line.Number, $"lies more than {CalendarLimits.Deepest} components deep");
        }
        if (_open.TryPeek(out var parent)) parent.Children.Add(component);
        else if (component.Kind == "VCALENDAR") _calendars.Add(component);
        else throw new CalendarFault(line.Number, $"begins a {component.Kind} outside of any VCALENDAR");
        _open.Push(component);
    }

    private void End(ContentLine line)
    {
        var kind = line.Value.Trim().ToUpperInvariant();
        if (!_open.TryPop(out var open)) throw new CalendarFault(line.Number, $"ends a {kind} that never began");
        if (open.Kind != kind)
        {
            throw new CalendarFault(
                line.Number, string.Create(CultureInfo.InvariantCulture, $"ends a {kind}, but line {open.Line} began a {open.Kind}"));
        }
    }

    private static void DemandReadable(CalendarComponent calendar)
    {
        if (calendar.First("VERSION") is { } version && version.Value.Trim() != "2.0")
        {
            throw new CalendarFault(version.Number, $"says VERSION:{version.Value.Trim()}; 2.0 is read");
        }
        if (calendar.First("CALSCALE") is { } scale && !scale.Value.Trim().Equals("GREGORIAN", StringComparison.OrdinalIgnoreCase))
        {
            throw new CalendarFault(scale.Number, $"says CALSCALE:{scale.Value.Trim()}; GREGORIAN is read");
        }
    }
}
