using System.Diagnostics;
using Governance.MaintenanceWindows.Recurrence;
using NodaTime;

namespace Governance.Benchmarks.Recurrence;

/// <summary>What one library made of one rule: the sum of its starts in unix seconds, and its best time.</summary>
internal sealed record Expansion(string Name, double Sum, double Seconds)
{
    /// <summary>Our own engine: read the rule, work it out and walk it, each time anew.</summary>
    public static Expansion Ours(RecurrenceCase rule)
    {
        var (best, sum) = (double.MaxValue, 0L);
        var watch = Stopwatch.StartNew();
        for (var runs = 0; runs < 1 || watch.Elapsed.TotalSeconds < rule.Seconds; runs++)
        {
            var begin = Stopwatch.GetTimestamp();
            sum = Walk(Read(rule), rule.Count);
            best = Math.Min(best, Stopwatch.GetElapsedTime(begin).TotalSeconds);
        }

        return new Expansion(rule.Name, sum, best);
    }

    /// <summary>Seconds from a ready set to its first occurrence at or after an instant, as a median of many.</summary>
    public static double Seek(RecurrenceCase rule, Instant instant)
    {
        const int Runs = 4001;
        var times = new double[Runs];
        var set = Read(rule);
        for (var run = 0; run < Runs; run++)
        {
            var begin = Stopwatch.GetTimestamp();
            GC.KeepAlive(set.NextAtOrAfter(instant));
            times[run] = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        }

        Array.Sort(times);
        return times[Runs / 2];
    }

    private static RecurrenceSet Read(RecurrenceCase rule)
    {
        var input = new RecurrenceInput { Recurrence = rule.Rule, Start = rule.Start, TimeZone = rule.Zone };
        return RecurrenceSet.TryCreate(input, out var faults) ?? throw new InvalidOperationException(faults[0].ToString());
    }

    private static long Walk(RecurrenceSet set, int count)
    {
        var sum = 0L;
        var walk = set.From(set.StartInstant);
        for (var found = 0; found < count && walk.MoveNext(); found++)
        {
            sum += walk.Start.ToUnixTimeSeconds();
        }
        return sum;
    }
}
