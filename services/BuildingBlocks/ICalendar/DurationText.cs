using System.Globalization;
using System.Text.RegularExpressions;

namespace Governance.BuildingBlocks.ICalendar;

/// <summary>A value of type DURATION, RFC 5545 §3.3.6: days are days by the clock, the rest is elapsed time.</summary>
/// <param name="Days">Weeks count as seven.</param>
/// <param name="Seconds">The part that is told in hours, minutes and seconds.</param>
public readonly partial record struct DurationText(long Days, long Seconds)
{
    /// <summary>Reads <c>P1DT2H</c>; otherwise says what is wrong.</summary>
    /// <param name="text">As the property has it.</param>
    /// <param name="duration">The value; nothing when it cannot be read.</param>
    /// <param name="reason">What is wrong; empty when nothing is.</param>
    public static bool TryParse(string text, out DurationText duration, out string reason)
    {
        duration = default;
        var match = Pattern().Match(text.Trim().ToUpperInvariant());
        reason = !match.Success ? $"'{text}' is no duration such as PT2H"
            : match.Groups["minus"].Length > 0 ? $"'{text}' is less than nothing"
            : "";
        if (reason.Length > 0) return false;
        duration = new(
            (7 * Number(match, "weeks")) + Number(match, "days"),
            (3600 * Number(match, "hours")) + (60 * Number(match, "minutes")) + Number(match, "seconds"));
        return true;
    }

    private static long Number(Match match, string group) =>
        match.Groups[group] is { Success: true } found ? long.Parse(found.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"^(?:\+|(?<minus>-))?P(?=\d|T\d)(?:(?<weeks>\d{1,6})W)?(?:(?<days>\d{1,6})D)?(?:T(?=\d)(?:(?<hours>\d{1,7})H)?(?:(?<minutes>\d{1,9})M)?(?:(?<seconds>\d{1,9})S)?)?$")]
    private static partial Regex Pattern();
}
