using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>Times as findings write them.</summary>
internal static class Texts
{
    private static readonly LocalDateTimePattern Minute = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd HH':'mm");
    private static readonly LocalDateTimePattern Second = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd HH':'mm':'ss");

    /// <summary><c>2026-01-13 22:00</c>, with seconds where there are any.</summary>
    public static string Of(LocalDateTime local) => (local.Second == 0 ? Minute : Second).Format(local);

    /// <summary><c>8 h</c>, <c>90 min</c> or <c>45 s</c>.</summary>
    public static string Of(Duration duration)
    {
        var seconds = (long)duration.TotalSeconds;
        var (number, unit) = seconds % 3600 == 0 ? (seconds / 3600, "h") : seconds % 60 == 0 ? (seconds / 60, "min") : (seconds, "s");
        return string.Create(CultureInfo.InvariantCulture, $"{number} {unit}");
    }
}
