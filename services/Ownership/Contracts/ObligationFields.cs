using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.Ownership.V1;
using Phase = Governance.Ownership.V1.Obligation.Types.Phase;
using Status = Governance.Ownership.V1.Obligation.Types.Status;

namespace Governance.Ownership.Contracts;

/// <summary>Checks what has to be done under a contract.</summary>
internal static class ObligationFields
{
    public static void Obligations(this FieldFaults faults, V1.Contract terms)
    {
        faults.Check(
            terms.Obligations.Count <= 200,
            "contract.obligations",
            $"Has {terms.Obligations.Count} entries; at most 200 are allowed.",
            "TOO_MANY");
        var seen = new HashSet<string>();
        for (var i = 0; i < terms.Obligations.Count; i++)
        {
            var (one, field) = (terms.Obligations[i], $"contract.obligations[{i}]");
            faults.Slug(one.Id, $"{field}.id").Check(seen.Add(one.Id), $"{field}.id", $"'{one.Id}' stands there already.", "DUPLICATE");
            faults.Kinds(one, field);
            faults.Dates(one, field);
            faults.Progress(one, field);
        }
    }

    private static void Kinds(this FieldFaults faults, Obligation one, string field)
    {
        faults.Check(one.Phase != Phase.Unspecified
            && Enum.IsDefined(one.Phase), $"{field}.phase", "Is none of ONBOARDING, RECURRING and EXIT.", "REQUIRED");
        faults.Check(Enum.IsDefined(one.Kind), $"{field}.kind", $"{(int)one.Kind} is no kind.", "UNKNOWN_VALUE");
        faults.Check(Enum.IsDefined(one.Status), $"{field}.status", $"{(int)one.Status} is no status.", "UNKNOWN_VALUE");
        if (one.Kind == Obligation.Types.Kind.Unspecified) faults.Required(one.What, $"{field}.what");
        faults.Length(one.What, 500, $"{field}.what").Length(one.Evidence, 1000, $"{field}.evidence");
    }

    private static void Dates(this FieldFaults faults, Obligation one, string field)
    {
        faults.Date(one.DueDate, $"{field}.due_date");
        faults.Date(one.DoneDate, $"{field}.done_date");
        if (one.Phase != Phase.Exit) faults.Required(one.DueDate, $"{field}.due_date");
        if (one.Phase == Phase.Recurring)
        {
            faults.Check(
            one.EveryMonths is >= 1 and <= 120,
            $"{field}.every_months",
            $"{one.EveryMonths} is not from 1 to 120, which a RECURRING one needs.",
            "REQUIRED");
        }
        else
        {
            faults.Check(one.EveryMonths == 0, $"{field}.every_months", "Is of RECURRING ones only.", "CONTRADICTION");
        }
    }

    private static void Progress(this FieldFaults faults, Obligation one, string field)
    {
        if (one.Status == Status.Done) faults.Required(one.Evidence, $"{field}.evidence");
        else faults.Check(one.DoneDate.Length == 0, $"{field}.done_date", "Is of what is DONE only.", "CONTRADICTION");
        faults.Check(one.Fulfilments.Count == 0
            || one.Phase == Phase.Recurring, $"{field}.fulfilments", "Are of RECURRING ones only.", "CONTRADICTION");
        for (var i = 0; i < one.Fulfilments.Count; i++)
        {
            var (fulfilment, at) = (one.Fulfilments[i], $"{field}.fulfilments[{i}]");
            faults.Required(fulfilment.DueDate, $"{at}.due_date").Required(fulfilment.DoneDate, $"{at}.done_date").Required(
                fulfilment.Evidence, $"{at}.evidence");
            faults.Date(fulfilment.DueDate, $"{at}.due_date");
            faults.Date(fulfilment.DoneDate, $"{at}.done_date");
            faults.Length(fulfilment.Evidence, 1000, $"{at}.evidence");
        }
    }
}
