using Governance.BuildingBlocks.Fields;
using NodaTime;
using NodaTime.Text;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Contracts;

/// <summary>A span for which a contract holds; days in the contract's zone.</summary>
/// <param name="Number">1 for the one that was agreed.</param>
/// <param name="Start">Inclusive.</param>
/// <param name="End">Inclusive; null: no end.</param>
/// <param name="LastNotice">The last day on which notice ends the contract with this term; null: none agreed.</param>
internal sealed record Term(int Number, LocalDate Start, LocalDate? End, LocalDate? LastNotice);

/// <summary>
/// When a contract holds. One with AUTOMATIC renewal goes on, term after term of the same length, until notice is given: it then ends
/// with the first term whose notice date is not before the day of the notice.
/// </summary>
internal static class Terms
{
    /// <summary>No contract is dated that late; renewals are not counted beyond it.</summary>
    private static readonly LocalDate Horizon = new(4000, 1, 1);

    /// <summary>The term in force; null before the first day and after the last.</summary>
    public static Term? TermAt(this Proto.Contract contract, Instant instant) => contract.TermOn(contract.DayAt(instant));

    /// <inheritdoc cref="TermAt"/>
    public static Term? TermOn(this Proto.Contract contract, LocalDate day)
    {
        var first = First(contract);
        if (day < first.Start || contract.FinalDate() < day) return null;
        return first.End is null || day <= first.End ? first : Renewed(first, day);
    }

    /// <summary>The contract's last day in the end; null when it goes on until notice is given.</summary>
    public static LocalDate? FinalDate(this Proto.Contract contract)
    {
        var first = First(contract);
        if (first.End is null || !Renews(contract)) return first.End;
        if (Date(contract.NoticeGivenDate) is not { } given) return null;
        var term = given <= first.End ? first : Renewed(first, given);
        return given <= (term.LastNotice ?? term.End) ? term.End : Numbered(first, term.Number + 1).End;
    }

    public static Proto.Contract.Types.State StateAt(this Proto.Contract contract, Instant instant)
    {
        var day = contract.DayAt(instant);
        if (day < First(contract).Start) return Proto.Contract.Types.State.NotStarted;
        return contract.FinalDate() < day ? Proto.Contract.Types.State.Expired : Proto.Contract.Types.State.InForce;
    }

    /// <summary>Whether its last day is over, renewals counted.</summary>
    public static bool IsExpiredAt(this Proto.Contract contract, Instant instant) =>
        contract.StateAt(instant) == Proto.Contract.Types.State.Expired;

    /// <summary>Whether it is too late to end the contract with the term in force, and nobody has given notice.</summary>
    public static bool IsPastNoticeAt(this Proto.Contract contract, Instant instant) =>
        contract.NoticeGivenDate.Length == 0 && contract.TermAt(instant)?.LastNotice < contract.DayAt(instant);

    /// <summary>The day in the contract's zone.</summary>
    public static LocalDate DayAt(this Proto.Contract contract, Instant instant) =>
        LocalDate.Min(instant.InZone(contract.Zone()).Date, Horizon);

    public static DateTimeZone Zone(this Proto.Contract contract) =>
        contract.TimeZone.Length == 0 ? DateTimeZone.Utc : Zones.Get(contract.TimeZone);

    /// <summary>A date of a message; null when it is unset.</summary>
    public static LocalDate? Date(string text) => LocalDatePattern.Iso.Parse(text) is { Success: true } date ? date.Value : null;

    public static string Text(LocalDate? date) => date is { } day ? LocalDatePattern.Iso.Format(day) : "";

    public static Proto.Term ToProto(this Term term) => new()
    {
        Number = term.Number,
        StartDate = term.Start == LocalDate.MinIsoValue ? "" : Text(term.Start),
        EndDate = Text(term.End),
        NoticeDate = Text(term.LastNotice),
    };

    private static bool Renews(Proto.Contract contract) =>
        contract.Renewal == Proto.Contract.Types.Renewal.Automatic && contract.StartDate.Length > 0;

    private static Term First(Proto.Contract contract) =>
        new(1, Date(contract.StartDate) ?? LocalDate.MinIsoValue, Date(contract.EndDate), Date(contract.NoticeDate));

    private static Term Renewed(Term first, LocalDate day)
    {
        var (months, days) = Length(first);
        var number = months > 0
            ? (Period.Between(first.Start, day, PeriodUnits.Months).Months / months) + 1
            : (Period.DaysBetween(first.Start, day) / days) + 1;
        while (Numbered(first, number).End < day) number++;
        while (Numbered(first, number).Start > day) number--;
        return Numbered(first, number);
    }

    /// <summary>Counted from the first term, so that terms that begin on a 31st do not wander to the 28th.</summary>
    private static Term Numbered(Term first, int number)
    {
        var (months, days) = Length(first);
        LocalDate Later(LocalDate date, int terms) => months > 0 ? date.PlusMonths(months * terms) : date.PlusDays(days * terms);
        return new Term(
            number,
            Later(first.Start, number - 1),
            Later(first.Start, number).PlusDays(-1),
            first.LastNotice is { } notice ? Later(notice, number - 1) : null);
    }

    /// <summary>In months where it is a whole number of them, else in days.</summary>
    private static (int Months, int Days) Length(Term first)
    {
        var end = first.End!.Value.PlusDays(1);
        var months = Period.Between(first.Start, end, PeriodUnits.Months).Months;
        return months > 0 && first.Start.PlusMonths(months) == end ? (months, 0) : (0, Period.DaysBetween(first.Start, end));
    }
}
