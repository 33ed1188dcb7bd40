using NodaTime;
using NodaTime.Text;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>Whether a value is a whole day, a local time, or an instant.</summary>
internal enum CivilForm
{
    Date,
    Local,
    Utc,
}

/// <summary>
/// A start, an extra date or UNTIL as it was written: <c>2026-01-13T22:00:00</c>, <c>2026-01-13</c>, the same with
/// <c>Z</c> for UTC, or iCalendar's compact <c>20260113T220000</c>. A date's value is its midnight.
/// </summary>
internal readonly record struct CivilTime(LocalDateTime Value, CivilForm Form)
{
    private static readonly LocalDateTimePattern[] Times =
    [
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss"),
    ];

    private static readonly LocalDatePattern[] Dates =
    [
        LocalDatePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd"),
        LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd"),
    ];

    /// <summary>Seconds from 1970-01-01T00:00:00 to this value by the clock, whatever the zone.</summary>
    public long Seconds => Value.ToSeconds();

    /// <summary>Reads any of the forms; otherwise says in <paramref name="reason"/> what is wrong.</summary>
    public static bool TryParse(string? text, out CivilTime time, out string reason)
    {
        time = default;
        var trimmed = text?.Trim() ?? "";
        if (trimmed.Length == 0)
        {
            return Refuse("is missing; write a civil time such as 2026-01-13T22:00:00, or a date for all-day", out reason);
        }
        var utc = trimmed[^1] is 'Z' or 'z';
        var body = (utc ? trimmed[..^1] : trimmed).ToUpperInvariant();
        if (body.Contains('T', StringComparison.Ordinal))
        {
            return TryParseTime(body, utc, out time, out reason);
        }
        if (utc || !TryParseDate(body, out var date))
        {
            return Refuse($"'{trimmed}' is no civil time such as 2026-01-13T22:00:00 and no date such as 2026-01-13", out reason);
        }
        time = new CivilTime(date.AtMidnight(), CivilForm.Date);
        return Check(time, trimmed, out reason);
    }

    /// <summary>RFC 5545's compact text of this value.</summary>
    public string ToCompact() => Form switch
    {
        CivilForm.Date => Dates[1].Format(Value.Date),
        CivilForm.Local => Times[2].Format(Value),
        CivilForm.Utc => Times[2].Format(Value) + "Z",
        _ => throw new InvalidOperationException($"No such form: {Form}."),
    };

    public override string ToString() => Form switch
    {
        CivilForm.Date => Dates[0].Format(Value.Date),
        CivilForm.Local => Times[0].Format(Value),
        CivilForm.Utc => Times[0].Format(Value) + "Z",
        _ => throw new InvalidOperationException($"No such form: {Form}."),
    };

    private static bool TryParseTime(string body, bool utc, out CivilTime time, out string reason)
    {
        time = default;
        var clock = body[(body.IndexOf('T', StringComparison.Ordinal) + 1)..];
        if (clock.AsSpan().IndexOfAny('+', '-') >= 0)
        {
            return Refuse($"'{body}' carries an offset; write the local time, and name the zone beside it", out reason);
        }
        if (clock.AsSpan().IndexOfAny('.', ',') >= 0)
        {
            return Refuse($"'{body}' has a fraction of a second; write whole seconds", out reason);
        }
        foreach (var pattern in Times)
        {
            if (!pattern.Parse(WithoutLeapSecond(body)).TryGetValue(default, out var value))
            {
                continue;
            }
            time = new CivilTime(value, utc ? CivilForm.Utc : CivilForm.Local);
            return Check(time, body, out reason);
        }

        return Refuse($"'{body}' is no civil time such as 2026-01-13T22:00:00 (or no such day or time exists)", out reason);
    }

    // RFC 5545 §3.3.12: where leap seconds are not kept, second 60 means second 59.
    private static string WithoutLeapSecond(string body)
    {
        var secondsAreWritten = body.Contains(':', StringComparison.Ordinal)
            ? body.EndsWith(":60", StringComparison.Ordinal) && body.Count(c => c == ':') == 2
            : body.EndsWith("60", StringComparison.Ordinal);
        return secondsAreWritten ? body[..^2] + "59" : body;
    }

    private static bool TryParseDate(string body, out LocalDate date)
    {
        foreach (var pattern in Dates)
        {
            if (pattern.Parse(body).TryGetValue(default, out date))
            {
                return true;
            }
        }

        date = default;
        return false;
    }

    private static bool Check(CivilTime time, string text, out string reason)
    {
        if (time.Value.Year is < 1 or > CalendarMath.LastYear)
        {
            return Refuse($"'{text}' is outside the years 0001 to 9999", out reason);
        }
        reason = "";
        return true;
    }

    private static bool Refuse(string why, out string reason)
    {
        reason = why;
        return false;
    }
}
