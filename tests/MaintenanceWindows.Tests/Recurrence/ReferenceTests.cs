using Governance.MaintenanceWindows.Recurrence;
using NodaTime;
using Shouldly;
using Xunit;

namespace Governance.MaintenanceWindows.Tests.Recurrence;

public class ReferenceTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void RandomRule_Expanded_IsAsTryingEveryDayFinds(int seed)
    {
        var rules = new RandomRules(seed);
        var differences = new List<string>();
        for (var i = 0; i < 100; i++)
        {
            var input = rules.Next();
            var set = Recurring.Set(input);
            var horizon = set.Start.Value.Date.PlusDays(set.RuleStarts!.Rule.IsSubDaily ? 8 : 900);
            var limit = horizon.AtMidnight().ToSeconds() - (2 * CalendarMath.SecondsPerDay);
            var expected = Reference(set).Until(horizon).Where(unix => unix < limit).ToList();
            var got = set.Starts(expected.Count + 1).Where(unix => unix < limit).ToList();
            if (!got.SequenceEqual(expected))
            {
                differences.Add($"{input.Recurrence} {input.Start} {input.TimeZone} {input.GapPolicy} {input.OverlapPolicy}: "
                    + $"{Show(got.Except(expected))} not {Show(expected.Except(got))}");
            }
        }

        differences.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void RandomRule_EnteredAnywhere_GoesOnAsWalkedFromTheStart(int seed)
    {
        var rules = new RandomRules(seed);
        var random = new Random(seed);
        for (var i = 0; i < 200; i++)
        {
            var input = rules.Next();
            var set = Recurring.Set(input);
            var all = set.Starts(400);
            for (var probe = 0; probe < 6 && all.Count > 0; probe++)
            {
                var at = all[random.Next(all.Count)] + random.Next(-5000, 5000);
                var expected = all.Where(unix => unix >= at).Take(5).ToList();
                set.Starts(expected.Count, at).ShouldBe(
                    expected, $"{input.Recurrence} {input.Start} {input.TimeZone} from {Recurring.Utc(at)}");
                var before = all.Where(unix => unix <= at).Select(unix => (long?)unix).LastOrDefault();
                if (at <= all[^1])
                {
                    (set.LastStartingAtOrBefore(Instant.FromUnixTimeSeconds(at))?.Start.ToUnixTimeSeconds()).ShouldBe(
                        before, $"{input.Recurrence} {input.Start} {input.TimeZone} back from {Recurring.Utc(at)}");
                }
            }
        }
    }

    [Fact]
    public void RandomRule_Formatted_ParsesToTheSameRule()
    {
        var rules = new RandomRules(21);
        for (var i = 0; i < 1000; i++)
        {
            RecurrenceRule.TryParse(rules.Next().Recurrence, out var rule, out _).ShouldBeTrue();
            RecurrenceRule.TryParse(rule!.ToString(), out var again, out _).ShouldBeTrue();
            again!.ToString().ShouldBe(rule.ToString());
        }
    }

    private static ReferenceExpansion Reference(RecurrenceSet set) =>
        new(set.RuleStarts!.Rule, set.Start.Value, set.Rules.Zone, set.Rules.Gap, set.Rules.Overlap);

    private static string Show(IEnumerable<long> starts) => string.Join(' ', starts.Take(3).Select(Recurring.Utc));
}
