using System.Collections.Frozen;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>What RFC 5545 §3.3.10 forbids between the parts of one rule.</summary>
internal static class RuleChecks
{
    /// <summary>The fourteen parts of RFC 5545.</summary>
    public static FrozenSet<string> Parts { get; } = new[]
    {
        "FREQ", "UNTIL", "COUNT", "INTERVAL", "BYSECOND", "BYMINUTE", "BYHOUR", "BYDAY", "BYMONTHDAY", "BYYEARDAY",
        "BYWEEKNO", "BYMONTH", "BYSETPOS", "WKST",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Adds a fault for every part that the others forbid; <paramref name="written"/> holds the values as given.</summary>
    public static void Check(RecurrenceRule rule, IReadOnlyDictionary<string, string> written, List<RuleFault> faults)
    {
        void Forbid(bool broken, string part, string reason)
        {
            if (broken && written.TryGetValue(part, out var value))
            {
                faults.Add(new RuleFault(part, value, reason));
            }
        }

        var frequency = rule.Frequency;
        var name = frequency.ToString().ToUpperInvariant();
        Forbid(written.ContainsKey("COUNT"), "UNTIL", "must not stand beside COUNT");
        Forbid(frequency != Frequency.Yearly, "BYWEEKNO", $"is allowed in FREQ=YEARLY only, not in {name}");
        Forbid(frequency is Frequency.Daily or Frequency.Weekly or Frequency.Monthly, "BYYEARDAY", $"is not allowed in FREQ={name}");
        Forbid(frequency == Frequency.Weekly, "BYMONTHDAY", "is not allowed in FREQ=WEEKLY");
        var hasOrdinals = rule.ByDay.Any(day => day.Ordinal != 0);
        Forbid(
            hasOrdinals && frequency is not (Frequency.Monthly or Frequency.Yearly),
            "BYDAY",
            $"ordinals are allowed in FREQ=MONTHLY and YEARLY only, not in {name}");
        Forbid(hasOrdinals
            && frequency == Frequency.Yearly
            && written.ContainsKey("BYWEEKNO"), "BYDAY", "ordinals are not allowed beside BYWEEKNO");
        var hasAnotherBy = written.Keys.Any(part => part.StartsWith("BY", StringComparison.OrdinalIgnoreCase) && part != "BYSETPOS");
        Forbid(!hasAnotherBy, "BYSETPOS", "needs another BY part to count positions in");
    }
}
