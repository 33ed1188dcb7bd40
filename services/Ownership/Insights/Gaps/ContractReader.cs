using Governance.Ownership.Contracts;
using Governance.Ownership.History;
using Governance.Ownership.Insights.Gaps.Rules;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Insights.Gaps;

/// <summary>Reads contracts as the rules look at them: days as instants in the contract's own zone.</summary>
internal sealed class ContractReader(OwnershipDb db)
{
    /// <summary>A contract that renews itself daily is looked at for as long.</summary>
    private const int MostTerms = 100;

    /// <summary>By vendor.</summary>
    public async Task<ILookup<string, ContractFact>> ReadAsync(IEnumerable<string> parties, Interval range, CancellationToken ct)
    {
        var rows = await Timelines.ReadAsync(
            parties, some => db.Contracts.AsNoTracking().Where(one => some.Contains(one.Party)).OrderBy(one => one.Id), ct);
        var past = await Timelines.PastAsync(db, rows.Where(row => row.HasRevisions).Select(row => row.Name), ct);
        return rows.ToLookup(row => row.Party, row => FactOf(row, [.. past[row.Name]], range));
    }

    /// <summary>What was recorded first is taken for what was before: a contract may be entered long after it began.</summary>
    public static ContractState StateOf(Proto.Contract terms, Instant entered, Interval range)
    {
        Instant Midnight(LocalDate day) => terms.Zone().AtStartOfDay(day).ToInstant();
        return new ContractState(
            terms.InternalOwner,
            terms.Components,
            terms.ServiceLevels.Count > 0,
            Contracts.Terms.Date(terms.StartDate) is { } start ? Midnight(start) : entered,
            terms.FinalDate() is { } last ? Midnight(last.PlusDays(1)) : null,
            [.. TermsWithin(terms, range).Select(term => new TermFact(
                term.LastNotice is { } notice && terms.NoticeGivenDate.Length == 0 ? Midnight(notice.PlusDays(1)) : null,
                term.LastNotice,
                term.End is { } end ? Midnight(end.PlusDays(1)) : null))],
            [.. terms.Obligations.Where(one => one.IsOpen())
                .Select(one => (One: one, Due: one.DueOn(terms)))
                .Where(one => one.Due is not null)
                .Select(one => new ObligationFact(
                    one.One.Id,
                    one.One.What.Length > 0 ? one.One.What : one.One.Id,
                    one.Due!.Value,
                    Midnight(one.Due.Value.PlusDays(1))))]);
    }

    private static ContractFact FactOf(Contract row, IReadOnlyList<RevisionRow> past, Interval range)
    {
        var entered = past.Count > 0 ? past[0].From : row.EffectiveFrom;
        var states = past.Where(one => one.From < row.EffectiveFrom)
            .Select(one => (one.From, StateOf(RevisionLog.Parse<Proto.Contract>(one.Content), entered, range)))
            .Append((row.EffectiveFrom, StateOf(row.Terms, entered, range)))
            .ToList();
        states[0] = (Instant.MinValue, states[0].Item2);
        return new ContractFact(row.Name, new Timeline<ContractState>(states, row.DeleteTime));
    }

    /// <summary>Those in force within the range, and the one after.</summary>
    private static IEnumerable<Term> TermsWithin(Proto.Contract terms, Interval range)
    {
        var day = terms.DayAt(range.Start);
        if (Contracts.Terms.Date(terms.StartDate) is { } start) day = LocalDate.Max(day, start);
        var (last, isBeyond) = (terms.DayAt(range.End), false);
        for (var count = 0; count < MostTerms && !isBeyond && terms.TermOn(day) is { } term; count++)
        {
            yield return term;
            if (term.End is null) yield break;
            isBeyond = day > last;
            day = term.End.Value.PlusDays(1);
        }
    }
}
