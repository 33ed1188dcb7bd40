using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Names;
using Governance.Ownership.History;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Contracts.Statements;

/// <summary>What a retainer was used for.</summary>
internal sealed class StatementsService(IDbContextFactory<OwnershipDb> databases, BusinessClock clock) : V1.Statements.StatementsBase
{
    public override async Task<Statement> GetStatement(GetStatementRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        await using var db = await databases.CreateDbContextAsync(ct);
        var contract = await db.FindContractAsync(request.Name, context, ct);
        var (now, terms) = (clock.Now, contract.Terms);
        var (start, final) = (Terms.Date(terms.StartDate)
            ?? throw new RuleViolation("NO_START", $"{contract.Name} has no first day.", ("contract", contract.Name)), terms.FinalDate());
        var day = StatementDay(request.Month, terms.DayAt(now), start, final);
        List<RevisionRow> rows = contract.HasRevisions
            ? await db.Revisions.AsNoTracking().Where(row => row.Resource == contract.Name).OrderBy(row => row.From).ToListAsync(ct)
            : [];
        RetainerTerms? TermsOf(LocalDate from, LocalDate last) =>
            RetainerTerms.Of(RevisionLog.At(contract, rows, Moment(from, last, terms, now)).Retainer);
        var work = await WorkAsync(db, contract.Id, RetainerLedger.EndOf(day, quarterly: true), ct);
        var account = RetainerLedger.AccountOf(start, final, day, TermsOf, work);
        if (account.Terms == RetainerTerms.None)
        {
            throw new RuleViolation(
                "NO_RETAINER",
                $"{contract.Name} has no retainer in {Terms.Text(account.Start)} to {Terms.Text(account.End)}.",
                ("contract", contract.Name));
        }
        var within = work.Where(one => one.Day >= account.Start && one.Day <= account.End).ToList();
        return StatementWriter.Write(contract.Name, account, within, final, closed: account.End < terms.DayAt(now));
    }

    /// <summary>Terms hold as they are at a period's end; in the period that runs, as they are now.</summary>
    private static Instant Moment(LocalDate from, LocalDate last, Proto.Contract terms, Instant now)
    {
        var end = last.PlusDays(1).AtStartOfDayInZone(terms.Zone()).ToInstant() - Duration.FromTicks(1);
        return end > now && from <= terms.DayAt(now) ? now : end;
    }

    /// <summary>
    /// A day of the contract in the month that was asked for; of this month unless said otherwise, or of the last that it had.
    /// </summary>
    private static LocalDate StatementDay(string month, LocalDate today, LocalDate start, LocalDate? final)
    {
        if (month.Length == 0) return LocalDate.Max(start, LocalDate.Min(today, final ?? today));
        if (YearMonthPattern.Iso.Parse(month) is not { Success: true } parsed || parsed.Value.Year is < 1900 or > 2199)
        {
            throw FieldFaults.Single("month", $"'{month}' is no month such as 2026-03.", "INVALID_MONTH");
        }
        var days = parsed.Value.ToDateInterval();
        if (days.End < start)
        {
            throw FieldFaults.Single("month", $"{month} is before the contract's first day, {Terms.Text(start)}.", "OUTSIDE_OF_CONTRACT");
        }
        if (days.Start > final)
        {
            throw FieldFaults.Single("month", $"{month} is after the contract's last day, {Terms.Text(final)}.", "OUTSIDE_OF_CONTRACT");
        }
        return LocalDate.Max(days.Start, start);
    }

    private static async Task<List<Work>> WorkAsync(OwnershipDb db, string contract, LocalDate until, CancellationToken ct)
    {
        var last = DayNumber.Of(until);
        var groups = await db.TimeEntries.Where(row => row.Contract == contract && row.Day <= last)
            .GroupBy(row => new { row.Day, row.WorkType, row.Component, row.AfterHours, row.Minutes })
            .Select(group => new { group.Key, Count = group.Count() })
            .ToListAsync(ct);
        return [.. groups.Select(group => new Work(
            DayNumber.ToDate(group.Key.Day)!.Value,
            group.Key.WorkType,
            group.Key.Component,
            group.Key.AfterHours,
            group.Key.Minutes,
            group.Count))];
    }
}
