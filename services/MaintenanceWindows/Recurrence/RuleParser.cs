using System.Collections.Immutable;
using System.Globalization;
using NodaTime;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>Reads RRULE text by the grammar of RFC 5545 §3.3.10 and gathers every fault instead of stopping at the first.</summary>
internal sealed class RuleParser
{
    private const string Prefix = "RRULE:";
    private readonly List<RuleFault> _faults = [];
    private readonly Dictionary<string, string> _parts = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<RuleFault> Faults => _faults;

    public RecurrenceRule? Parse(string text)
    {
        var body = text.Trim();
        if (body.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            body = body[Prefix.Length..];
        }
        Split(body);
        var rule = new RecurrenceRule
        {
            Frequency = ReadFrequency(),
            Interval = ReadNumber("INTERVAL") ?? 1,
            Count = ReadNumber("COUNT"),
            Until = ReadUntil(),
            BySecond = [.. ReadList("BYSECOND", 0, 60).Select(second => Math.Min(second, 59)).Distinct()],
            ByMinute = ReadList("BYMINUTE", 0, 59),
            ByHour = ReadList("BYHOUR", 0, 23),
            ByDay = ReadDays(),
            ByMonthDay = ReadSignedList("BYMONTHDAY", 31),
            ByYearDay = ReadSignedList("BYYEARDAY", 366),
            ByWeekNo = ReadSignedList("BYWEEKNO", 53),
            ByMonth = ReadList("BYMONTH", 1, 12),
            BySetPos = ReadSignedList("BYSETPOS", 366),
            WeekStart = ReadWeekStart(),
        };
        if (_parts.ContainsKey("FREQ") && _faults.All(fault => fault.Part != "FREQ"))
        {
            RuleChecks.Check(rule, _parts, _faults);
        }
        return _faults.Count == 0 ? rule : null;
    }

    private void Split(string body)
    {
        var items = body.Split(';');
        for (var i = 0; i < items.Length; i++)
        {
            // One semicolon at the end is written by several calendar products and changes nothing.
            if (items[i].Length == 0 && i == items.Length - 1 && i > 0)
            {
                return;
            }
            var equals = items[i].IndexOf('=', StringComparison.Ordinal);
            var (name, value) = equals < 0 ? (items[i], "") : (items[i][..equals].ToUpperInvariant(), items[i][(equals + 1)..]);
            if (equals < 0)
            {
                Refuse(items[i], "", "is no NAME=value part");
            }
            else if (!RuleChecks.Parts.Contains(name))
            {
                Refuse(name, value, "RFC 5545 knows no such part");
            }
            else if (!_parts.TryAdd(name, value))
            {
                Refuse(name, value, "stands more than once");
            }
        }
    }

    private Frequency ReadFrequency()
    {
        if (!_parts.TryGetValue("FREQ", out var value))
        {
            return Refuse("FREQ", "", "is missing", Frequency.Yearly);
        }
        foreach (var frequency in Enum.GetValues<Frequency>())
        {
            if (frequency.ToString().Equals(value, StringComparison.OrdinalIgnoreCase))
            {
                return frequency;
            }
        }

        return Refuse("FREQ", value, "is not SECONDLY, MINUTELY, HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY", Frequency.Yearly);
    }

    private int? ReadNumber(string part)
    {
        if (!_parts.TryGetValue(part, out var value))
        {
            return null;
        }
        if (value.Length == 0 || !value.All(char.IsAsciiDigit))
        {
            return Refuse<int?>(part, value, "must be a whole number of at least 1", null);
        }
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return Refuse<int?>(part, value, $"is more than {int.MaxValue}", null);
        }
        return number >= 1 ? number : Refuse<int?>(part, value, "must be at least 1", null);
    }

    private CivilTime? ReadUntil()
    {
        if (!_parts.TryGetValue("UNTIL", out var value))
        {
            return null;
        }
        if (value.Contains('-', StringComparison.Ordinal) || !CivilTime.TryParse(value, out var until, out _))
        {
            return Refuse<CivilTime?>("UNTIL", value, "must be a date (20261231) or a date-time (20261231T220000Z) that exists", null);
        }
        return until;
    }

    private ImmutableArray<int> ReadList(string part, int least, int most) =>
        ReadItems(part, item => item.Length <= 2 && item.All(char.IsAsciiDigit) ? ReadInt(item) : null,
            number => number >= least && number <= most, $"must be whole numbers from {least} to {most}");

    private ImmutableArray<int> ReadSignedList(string part, int most) =>
        ReadItems(part, item => item.Length <= most.ToString(CultureInfo.InvariantCulture).Length + 1 ? ReadInt(item) : null,
            number => number != 0 && Math.Abs(number) <= most, $"must be whole numbers from 1 to {most} or -{most} to -1");

    private ImmutableArray<int> ReadItems(string part, Func<string, int?> read, Func<int, bool> isValid, string rule)
    {
        if (!_parts.TryGetValue(part, out var value))
        {
            return [];
        }
        var numbers = value.Split(',').Select(read).ToList();
        if (numbers.Exists(number => number is not { } n || !isValid(n)))
        {
            return Refuse<ImmutableArray<int>>(part, value, rule, []);
        }
        return [.. numbers.Select(number => number!.Value).Distinct().Order()];
    }

    private ImmutableArray<WeekdayOrdinal> ReadDays()
    {
        if (!_parts.TryGetValue("BYDAY", out var value))
        {
            return [];
        }
        var days = new List<WeekdayOrdinal>();
        foreach (var item in value.Split(','))
        {
            var day = item.Length < 2 ? IsoDayOfWeek.None : WeekdayOrdinal.FromCode(item.AsSpan(item.Length - 2));
            if (day == IsoDayOfWeek.None)
            {
                return Refuse<ImmutableArray<WeekdayOrdinal>>("BYDAY", value, $"'{item}' names no day: MO, TU, WE, TH, FR, SA or SU", []);
            }
            var ordinal = item.Length == 2 ? 0 : ReadInt(item[..^2]);
            if (item.Length > 5 || ordinal is null or > 53 or < -53 || (ordinal == 0 && item.Length > 2))
            {
                return Refuse<ImmutableArray<WeekdayOrdinal>>(
                    "BYDAY", value, $"'{item}' needs an ordinal from 1 to 53 or -53 to -1, or none", []);
            }
            days.Add(new WeekdayOrdinal(ordinal.Value, day));
        }

        return [.. days.Distinct().OrderBy(day => day.Ordinal).ThenBy(day => day.Day)];
    }

    private IsoDayOfWeek ReadWeekStart()
    {
        if (!_parts.TryGetValue("WKST", out var value))
        {
            return IsoDayOfWeek.Monday;
        }
        var day = WeekdayOrdinal.FromCode(value);
        return day == IsoDayOfWeek.None ? Refuse("WKST", value, "must be MO, TU, WE, TH, FR, SA or SU", IsoDayOfWeek.Monday) : day;
    }

    private static int? ReadInt(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private void Refuse(string part, string value, string reason) => _faults.Add(new RuleFault(part, value, reason));

    private T Refuse<T>(string part, string value, string reason, T instead)
    {
        Refuse(part, value, reason);
        return instead;
    }
}
