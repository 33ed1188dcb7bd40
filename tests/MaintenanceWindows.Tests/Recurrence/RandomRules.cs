using Governance.MaintenanceWindows.Recurrence;
using NodaTime;

namespace Governance.MaintenanceWindows.Tests.Recurrence;

/// <summary>Rules of every kind that RFC 5545 allows, in zones whose clocks do unusual things; the same for the same seed.</summary>
internal sealed class RandomRules(int seed)
{
    private static readonly string[] Days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    // With a date near which each zone's clocks change by an hour, half an hour, at a minute past midnight, or a whole day.
    private static readonly (string Zone, LocalDate Near)[] Places =
    [
        ("", new(2024, 2, 27)), ("Europe/Vienna", new(
            2026, 3, 27)), ("Europe/Vienna", new(2026, 10, 23)), ("America/New_York", new(2024, 3, 8)),
        ("America/New_York", new(2025, 11, 1)), ("Australia/Lord_Howe", new(2024, 10, 4)), ("Australia/Lord_Howe", new(2025, 4, 4)),
        ("Pacific/Apia", new(2011, 12, 28)), ("America/St_Johns", new(2010, 3, 13)), ("America/St_Johns", new(2010, 11, 5)),
        ("Africa/Cairo", new(2024, 4, 24)), ("America/Caracas", new(
            2016, 4, 29)), ("Asia/Kolkata", new(2023, 12, 29)), ("Africa/Casablanca", new(2025, 2, 21)),
    ];

    private readonly Random _random = new(seed);

    public RecurrenceInput Next()
    {
        var (zone, near) = Places[_random.Next(Places.Length)];
        var frequency = (Frequency)_random.Next(7);
        var start = near.PlusDays(_random.Next(-6, 3)).At(new LocalTime(
            _random.Next(4) == 0 ? _random.Next(24) : _random.Next(4), _random.Next(2) * 30, _random.Next(3) == 0 ? _random.Next(60) : 0));
        var parts = new List<string> { $"FREQ={frequency.ToString().ToUpperInvariant()}" };
        Add(parts, "INTERVAL", 2, () => $"{(_random.Next(3) == 0 ? _random.Next(1, 100) : _random.Next(1, 5))}");
        Add(parts, "BYMONTH", 4, () => List(3, () => _random.Next(1, 13)));
        if (frequency == Frequency.Yearly)
        {
            Add(parts, "BYWEEKNO", 4, () => List(4, () => Signed(53)));
        }
        if (frequency is Frequency.Yearly or < Frequency.Daily)
        {
            Add(parts, "BYYEARDAY", 6, () => List(12, () => Signed(366)));
        }
        if (frequency != Frequency.Weekly)
        {
            Add(parts, "BYMONTHDAY", 4, () => List(6, () => Signed(31)));
        }
        var ordinals = frequency is Frequency.Monthly or Frequency.Yearly
            && !parts.Exists(part => part.StartsWith("BYWEEKNO", StringComparison.Ordinal));
        Add(parts, "BYDAY", 2, () => List(4, () =>
            (ordinals && _random.Next(2) == 0 ? $"{Signed(frequency == Frequency.Monthly ? 5 : 53)}" : "") + Days[_random.Next(7)]));
        Add(parts, "BYHOUR", 4, () => List(5, () => _random.Next(2) == 0 ? _random.Next(4) : _random.Next(24)));
        Add(parts, "BYMINUTE", 5, () => List(3, () => _random.Next(60)));
        Add(parts, "BYSECOND", 6, () => List(3, () => _random.Next(60)));
        if (parts.Exists(part => part.StartsWith("BY", StringComparison.Ordinal)))
        {
            Add(parts, "BYSETPOS", 4, () => List(3, () => Signed(_random.Next(3) == 0 ? 40 : 4)));
        }
        Add(parts, "WKST", 3, () => Days[_random.Next(7)]);
        if (_random.Next(3) == 0)
        {
            parts.Add($"COUNT={_random.Next(1, 40)}");
        }
        else
        {
            Add(parts, "UNTIL", 3, () => new CivilTime(start.PlusDays(_random.Next(1, 700)), CivilForm.Utc).ToCompact());
        }
        return new RecurrenceInput
        {
            Recurrence = string.Join(';', parts),
            Start = new CivilTime(start, CivilForm.Local).ToString(),
            TimeZone = zone,
            GapPolicy = (GapPolicy)_random.Next(2),
            OverlapPolicy = (OverlapPolicy)_random.Next(2),
        };
    }

    private void Add(List<string> parts, string part, int oneIn, Func<string> value)
    {
        if (_random.Next(oneIn) == 0)
        {
            parts.Add($"{part}={value()}");
        }
    }

    private string List<T>(int most, Func<T> value) =>
        string.Join(',', Enumerable.Range(0, _random.Next(1, most + 1)).Select(_ => value()));

    private int Signed(int most) => _random.Next(2) == 0 ? _random.Next(1, most + 1) : -_random.Next(1, most + 1);
}
