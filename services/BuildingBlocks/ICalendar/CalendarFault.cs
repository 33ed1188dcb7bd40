using System.Globalization;

namespace Governance.BuildingBlocks.ICalendar;

/// <summary>The document as a whole cannot be read.</summary>
/// <param name="line">Where, from 1.</param>
/// <param name="reason">Why, after "line 12 ".</param>
public sealed class CalendarFault(int line, string reason)
    : FormatException(string.Create(CultureInfo.InvariantCulture, $"Line {line} {reason}."));
