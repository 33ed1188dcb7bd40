using Governance.BuildingBlocks.Errors;
using Governance.Ownership.V1;
using NodaTime;
using Period = NodaTime.Period;
using Phase = Governance.Ownership.V1.Obligation.Types.Phase;
using Status = Governance.Ownership.V1.Obligation.Types.Status;

namespace Governance.Ownership.Contracts;

/// <summary>What has to be done under a contract, and what becomes of it once it is done.</summary>
internal static class Obligations
{
    /// <summary>Dates what is DONE, and moves what recurs on to its next due date.</summary>
    /// <param name="faults">Takes days of fulfilment that lie ahead.</param>
    /// <param name="terms">Checked; are changed.</param>
    /// <param name="today">In the contract's zone.</param>
    public static void Settle(FieldFaults faults, V1.Contract terms, LocalDate today)
    {
        for (var i = 0; i < terms.Obligations.Count; i++)
        {
            var one = terms.Obligations[i];
            if (one.Status == Status.Unspecified) one.Status = Status.Open;
            if (one.Status != Status.Done) continue;
            if (one.DoneDate.Length == 0) one.DoneDate = Terms.Text(today);
            faults.Check(
                !(Terms.Date(one.DoneDate) > today),
                $"contract.obligations[{i}].done_date",
                $"{one.DoneDate} lies ahead: today is {Terms.Text(today)}.",
                "IN_THE_FUTURE");
            if (one.Phase == Phase.Recurring) MoveOn(one);
        }
    }

    /// <summary>When it is due: an EXIT one without a day of its own on the contract's last day. Null: no day is known.</summary>
    public static LocalDate? DueOn(this Obligation one, V1.Contract terms) =>
        Terms.Date(one.DueDate) ?? (one.Phase == Phase.Exit ? terms.FinalDate() : null);

    public static bool IsOpen(this Obligation one) => one.Status is Status.Open or Status.Unspecified;

    /// <summary>Whether it is open and its day is over.</summary>
    public static bool IsOverdue(this Obligation one, V1.Contract terms, LocalDate today) => one.IsOpen() && one.DueOn(terms) < today;

    private static void MoveOn(Obligation one)
    {
        one.Fulfilments.Add(new Fulfilment { DueDate = one.DueDate, DoneDate = one.DoneDate, Evidence = one.Evidence });
        one.DueDate = Terms.Text(Next(one, Terms.Date(one.DueDate)!.Value, Terms.Date(one.DoneDate)!.Value));
        (one.Status, one.DoneDate, one.Evidence) = (Status.Open, "", "");
    }

    /// <summary>
    /// The first day of the series after the last due day and the day it was done: what was missed meanwhile is not asked for again.
    /// </summary>
    private static LocalDate Next(Obligation one, LocalDate due, LocalDate done)
    {
        var (anchor, last) = (Anchor(one, due), LocalDate.Max(due, done));
        var steps = Math.Max(1, Period.Between(anchor, last, PeriodUnits.Months).Months / one.EveryMonths);
        while (anchor.PlusMonths(steps * one.EveryMonths) <= last) steps++;
        return anchor.PlusMonths(steps * one.EveryMonths);
    }

    /// <summary>
    /// Where the series began, so that one due on a 31st does not wander to the 28th; the due day itself once it was moved by hand.
    /// </summary>
    private static LocalDate Anchor(Obligation one, LocalDate due)
    {
        var first = Terms.Date(one.Fulfilments[0].DueDate)!.Value;
        var months = ((due.Year - first.Year) * 12) + due.Month - first.Month;
        return months % one.EveryMonths == 0 && first.PlusMonths(months) == due ? first : due;
    }
}
