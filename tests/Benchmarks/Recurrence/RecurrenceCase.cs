namespace Governance.Benchmarks.Recurrence;

/// <summary>
/// One rule to expand: <paramref name="Count"/> occurrences from its start, for at least <paramref name="Seconds"/> in all.
/// </summary>
internal sealed record RecurrenceCase(string Name, string Rule, string Start, string Zone, int Count, double Seconds = 1)
{
    /// <summary>Rules that windows and freezes are made of, kept before 2038, where every library knows the zones.</summary>
    public static IReadOnlyList<RecurrenceCase> All { get; } =
    [
        new("daily", "FREQ=DAILY", "2010-01-04T09:00:00", "Europe/Vienna", 5000),
        new("daily at six times", "FREQ=DAILY;BYHOUR=6,12,18;BYMINUTE=0,30", "2010-01-04T06:00:00", "Europe/Vienna", 20000),
        new("three days a week", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "2010-01-04T22:00:00", "America/New_York", 4000),
        new("every other week", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;WKST=SU", "2010-01-05T22:00:00", "Europe/Vienna", 1300),
        new("second Tuesday", "FREQ=MONTHLY;BYDAY=2TU", "2010-01-12T22:00:00", "America/New_York", 320),
        new("last working day", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2010-01-29T20:00:00", "Europe/Vienna", 320),
        new("month ends", "FREQ=MONTHLY;BYMONTHDAY=1,15,-1", "2010-01-01T05:00:00", "Europe/Vienna", 960),
        new("weekdays of a season", "FREQ=YEARLY;BYMONTH=10,11,12;BYDAY=MO,TU,WE,TH,FR", "2010-10-01T05:00:00", "Europe/Vienna", 1600),
        new("week 20", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO,SA", "2010-05-17T05:00:00", "Europe/Vienna", 50),
        new("hourly", "FREQ=HOURLY", "2010-01-04T00:00:00", "UTC", 50000),
        new("quarters of three hours", "FREQ=MINUTELY;INTERVAL=15;BYHOUR=1,2,3", "2010-01-04T01:00:00", "UTC", 20000),
    ];
}
