using NodaTime;

namespace Governance.Ownership.Contracts;

/// <summary>Days as 20260331: they order, and lists page by them.</summary>
internal static class DayNumber
{
    /// <summary>After every day.</summary>
    public const int None = 99991231;

    public static int Of(LocalDate? day) => day is { } date ? (date.Year * 10_000) + (date.Month * 100) + date.Day : None;

    public static LocalDate? ToDate(int number) => number == None ? null : new LocalDate(number / 10_000, number / 100 % 100, number % 100);
}
