using NodaTime;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>
/// Something about a recurrence that its author may not expect. <paramref name="At"/> is the first instant that it is
/// about, <paramref name="Count"/> the number of previewed occurrences; 0 when it is about the rule.
/// </summary>
internal sealed record Finding(string Code, string Detail, Instant? At = null, int Count = 0);

/// <summary>The codes of findings, stable; docs/recurrence.md says what each means and what to do.</summary>
internal static class FindingCodes
{
    public const string ShiftedOutOfGap = "SHIFTED_OUT_OF_GAP";
    public const string SkippedInGap = "SKIPPED_IN_GAP";
    public const string MergedInGap = "MERGED_IN_GAP";
    public const string AmbiguousLocalTime = "AMBIGUOUS_LOCAL_TIME";
    public const string RepeatedLocalTime = "REPEATED_LOCAL_TIME";
    public const string Shortened = "SHORTENED";
    public const string Lengthened = "LENGTHENED";
    public const string EndsAtAnotherLocalTime = "ENDS_AT_ANOTHER_LOCAL_TIME";
    public const string CrossesMidnight = "CROSSES_MIDNIGHT";
    public const string OverlapsItself = "OVERLAPS_ITSELF";
    public const string FifthWeekdayMissing = "FIFTH_WEEKDAY_MISSING";
    public const string LeapDay = "LEAP_DAY";
    public const string DayMissingInMonth = "DAY_MISSING_IN_MONTH";
    public const string DayMissingInYear = "DAY_MISSING_IN_YEAR";
    public const string WeekMissingInYear = "WEEK_MISSING_IN_YEAR";
    public const string NoOccurrences = "NO_OCCURRENCES";
    public const string NeverOccurs = "NEVER_OCCURS";
    public const string StartNotInRule = "START_NOT_IN_RULE";
    public const string CountNotReached = "COUNT_NOT_REACHED";
    public const string TimesIgnored = "TIMES_IGNORED";
    public const string ExdateMatchesNothing = "EXDATE_MATCHES_NOTHING";
    public const string ShorterThanCutoff = "SHORTER_THAN_CUTOFF";
    public const string EveryMonth = "EVERY_MONTH";
}
