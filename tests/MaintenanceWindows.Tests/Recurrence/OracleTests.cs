using System.Text.Json;
using Governance.MaintenanceWindows.Recurrence;
using Governance.Testing;
using NodaTime;
using Shouldly;

namespace Governance.MaintenanceWindows.Tests.Recurrence;

/// <summary>What other implementations answer. One test a file; a failure lists every case that differs.</summary>
public class OracleTests
{
    private const string Folder = "recurrence/";

    // America/Havana stays on summer time from 2026 on in tzdb 2026f; the witnesses had an older one.
    private static readonly string[] OfAnOlderTzdb = ["Z04975"];

    // Each with what we hold instead and why: windows.md decides, or RFC 5545 forbids the rule.
    private static readonly string[] DecidedOtherwise =
    [
        "libical4-77", "libical4-78", "icalnet-44", "icalnet-68", // YEARLY;BYMONTHDAY without BYMONTH is every month
    ];

    private static readonly string[] ForbiddenByTheRfc =
    [
        "icalnet-41", // ordinals beside BYWEEKNO
        "icalnet-45", // UNTIL is a date-time, the start a date
        "icalnet-70", // BYSETPOS alone
        "icalnet-76", "icalnet-77", "icalnet-78", // ordinal 0
    ];

    [SharedDataFact(Folder + "agreed_floating.jsonl.xz")]
    public void FloatingRule_Expanded_IsAsOthersAgree() => Agrees("agreed_floating.jsonl.xz", "expected", Local);

    [SharedDataFact(Folder + "agreed_all_day.jsonl")]
    public void AllDayRule_Expanded_IsAsOthersAgree() => Agrees("agreed_all_day.jsonl", "expected", Local);

    [SharedDataFact(Folder + "agreed_exdate_rdate.jsonl")]
    public void RuleWithDates_Expanded_IsAsOthersAgree() => Agrees("agreed_exdate_rdate.jsonl", "expected", Local);

    [SharedDataFact(Folder + "unsynchronised_dtstart.jsonl")]
    public void StartOutsideItsRule_Expanded_IsLeftOut() => Agrees("unsynchronised_dtstart.jsonl", "expected", Local);

    [SharedDataFact(Folder + "agreed_timezone.jsonl.xz")]
    public void ZonedRule_Shifting_IsAsOthersAgree() => Agrees("agreed_timezone.jsonl.xz", "expected_utc_shift", Utc);

    [SharedDataFact(Folder + "agreed_timezone.jsonl.xz")]
    public void ZonedRule_Skipping_IsAsOthersAgree() => Agrees("agreed_timezone.jsonl.xz", "expected_utc_skip", Utc, GapPolicy.Skip);

    [SharedDataFact(Folder + "policy_subday_timezone.jsonl")]
    public void RuleWithinTheDay_OverClockChange_StepsInElapsedTime() => Agrees("policy_subday_timezone.jsonl", "elapsed_utc", Utc);

    [SharedDataFact(Folder + "upstream_cases.jsonl")]
    public void UpstreamCase_Expanded_IsAsItsSuiteExpects() => Agrees("upstream_cases.jsonl", "expected", Local);

    [SharedDataFact(Folder + "upstream_cases.jsonl")]
    public void UpstreamCase_ForbiddenByTheRfc_IsRefused()
    {
        foreach (var record in Records("upstream_cases.jsonl").Where(record => ForbiddenByTheRfc.Contains(Text(record, "id"))))
        {
            Recurring.Refused(Input(record)).ShouldHaveSingleItem().Field.ShouldBe("recurrence");
        }
        foreach (var record in Records("upstream_cases.jsonl").Where(record =>
            Text(record, "rrule").Contains("RSCALE", StringComparison.Ordinal)))
        {
            Recurring.Refused(Input(record)).ShouldContain(fault => fault.Reason.StartsWith("RSCALE", StringComparison.Ordinal));
        }
    }

    [SharedDataFact(Folder + "upstream_cases.jsonl")]
    public void UpstreamCase_ThatMustFail_IsRefusedOrEndsWithAFinding()
    {
        foreach (var record in Records("upstream_cases.jsonl").Where(record => record.TryGetProperty("error_step", out _)))
        {
            var input = Input(record);
            var duration = Text(record, "duration") is { Length: > 0 } text
                ? NodaTime.Text.PeriodPattern.Roundtrip.Parse(text).Value.ToDuration()
                : Duration.Zero;
            if (RecurrenceSet.TryCreate(
                input with { Duration = duration, Start = input.Start.Length > 0 ? input.Start : "20260101" }, out _) is not { } set)
            {
                continue;
            }
            var preview = RecurrencePreview.Of(set, new PreviewRange(null, null, 10_000));
            var endsKnowingly = preview.Findings.Any(finding =>
                finding.Code is FindingCodes.NeverOccurs or FindingCodes.CountNotReached or FindingCodes.NoOccurrences);
            (endsKnowingly || preview.Occurrences.Count == 9999 - 2024 + 1).ShouldBeTrue(Text(record, "id"));
        }
    }

    [SharedDataFact(Folder + "invalid_rules.json")]
    public void InvalidRule_Parsed_IsRefusedWithThePartNamed()
    {
        foreach (var rule in Parse(SharedData.ReadText(Folder + "invalid_rules.json"))
            .GetProperty("invalid")
            .EnumerateArray()
            .Select(rule => rule.GetString()!))
        {
            RecurrenceRule.TryParse(rule, out _, out var faults).ShouldBeFalse(rule);
            faults.ShouldContain(fault => rule.Contains(fault.Part + "=", StringComparison.Ordinal), rule);
        }
    }

    [SharedDataFact(Folder + "tz_2026_rule_changes.jsonl")]
    public void LocalTime_OfAZoneThatChanged_IsAsInTheDatabaseWeName()
    {
        RecurrenceSet.TzdbVersion.ShouldContain("2026f");
        foreach (var record in Records("tz_2026_rule_changes.jsonl"))
        {
            Recurring.Utc(Recurring.Set("", Text(record, "local"), Text(record, "tzid")).Starts(1).Single()).ShouldBe(
                Text(record, "nodatime_2026f"), Text(record, "tzid"));
        }
    }

    [SharedDataFact(Folder + "dst_durations.jsonl")]
    public void Duration_OverClockChange_IsExactOrNominal()
    {
        foreach (var record in Records("dst_durations.jsonl"))
        {
            foreach (var expected in Texts(record, "expected_periods"))
            {
                var (start, text) = (expected.Split('/')[0], expected.Split('/')[1]);
                var period = NodaTime.Text.PeriodPattern.Roundtrip.Parse(text).Value;
                var isNominal = !text.StartsWith("PT", StringComparison.Ordinal);
                var duration = Duration.FromDays(period.Days + (7 * period.Weeks))
                    + Duration.FromHours(period.Hours)
                    + Duration.FromMinutes(period.Minutes);
                var set = Recurring.Set(Input(
                    record) with
                { Duration = duration, DurationPolicy = isNominal ? DurationPolicy.WallClock : DurationPolicy.Exact });
                var zone = set.Rules.Zone;
                CivilTime.TryParse(start, out var civil, out _).ShouldBeTrue();
                var occurrence = set.NextAtOrAfter(zone.AtLeniently(civil.Value).ToInstant()).ShouldNotBeNull();
                occurrence.Start.InZone(zone).LocalDateTime.ShouldBe(civil.Value);
                occurrence.End.ShouldBe(
                    isNominal ? zone.AtLeniently(civil.Value + period).ToInstant() : occurrence.Start + duration, expected);
            }
        }
    }

    private static void Agrees(string file, string expectedField, Func<long, RecurrenceSet, string> format, GapPolicy gap = GapPolicy.Shift)
    {
        var differences = new List<string>();
        var compared = 0;
        foreach (var record in Records(file).Where(IsComparable))
        {
            compared++;
            var expected = Texts(record, expectedField);
            var cut = record.TryGetProperty("truncated", out var truncated) && truncated.GetBoolean();
            var set = RecurrenceSet.TryCreate(Input(record) with { GapPolicy = gap }, out var faults);
            var got = set?.Starts(expected.Count + (cut ? 0 : 1), From(record)).Select(unix => format(unix, set)).ToList();
            if (got is null || !got.SequenceEqual(expected))
            {
                differences.Add($"{Text(record, "id")} {Text(record, "rrule")} {Text(record, "dtstart")}: "
                    + $"{(got is null ? faults[0] : string.Join(' ', got.Take(8)))}");
            }
        }

        compared.ShouldBeGreaterThan(50);
        differences.ShouldBeEmpty();
    }

    private static bool IsComparable(JsonElement record) =>
        record.TryGetProperty("dtstart", out var start) && start.ValueKind == JsonValueKind.String
        && !record.TryGetProperty("expect_error", out _)
        && !Text(record, "rrule").Contains("RSCALE", StringComparison.Ordinal)
        && !OfAnOlderTzdb.Concat(DecidedOtherwise).Concat(ForbiddenByTheRfc).Contains(Text(record, "id"));

    // Some upstream cases ask from a point on and list what follows it; others list everything all the same.
    private static long From(JsonElement record)
    {
        if (Text(record, "start_at").Length == 0 || string.CompareOrdinal(Texts(record, "expected")[0], Text(record, "start_at")) < 0)
        {
            return CalendarMath.FirstSecond;
        }
        CivilTime.TryParse(Text(record, "start_at"), out var from, out _).ShouldBeTrue();
        return from.Seconds;
    }

    private static RecurrenceInput Input(JsonElement record) => new()
    {
        Recurrence = Text(record, "rrule"),
        Start = Text(record, "dtstart"),
        TimeZone = Text(record, "tzid"),
        RDates = Texts(record, "rdate"),
        ExDates = Texts(record, "exdate"),
    };

    private static string Utc(long unix, RecurrenceSet set) => Recurring.Utc(unix);

    private static string Local(long unix, RecurrenceSet set) => new CivilTime(Moments.ToLocal(unix), set.Start.Form).ToCompact();

    private static IEnumerable<JsonElement> Records(string file) => SharedData.ReadLines(Folder + file).Select(Parse);

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static string Text(JsonElement record, string field) =>
        record.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static List<string> Texts(JsonElement record, string field) =>
        record.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
            : [];
}
