using NodaTime;

namespace Governance.BuildingBlocks.Calendars;

/// <summary>Days that are not worked, ready to be asked.</summary>
public sealed class HolidayDates
{
    /// <summary>No holidays.</summary>
    public static readonly HolidayDates None = new([]);

    private readonly Dictionary<LocalDate, string> _dates = [];
    private readonly Dictionary<(int Month, int Day), string> _yearly = [];

    /// <param name="holidays">Of two for one day, the first names it.</param>
    public HolidayDates(IEnumerable<Holiday> holidays)
    {
        foreach (var holiday in holidays)
        {
            if (holiday.IsYearly) _yearly.TryAdd((holiday.Day.Month, holiday.Day.Day), holiday.Name);
            else _dates.TryAdd(LocalDate.FromDateOnly(holiday.Day), holiday.Name);
        }
    }

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _dates.Count + _yearly.Count == 0;

    /// <summary>The holiday that a day is; null: none. A dated one's name goes before a yearly one's.</summary>
    public string? On(LocalDate date) => _dates.GetValueOrDefault(date) ?? _yearly.GetValueOrDefault((date.Month, date.Day));
}
