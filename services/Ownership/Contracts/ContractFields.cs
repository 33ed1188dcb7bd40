using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using NodaTime;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Contracts;

/// <summary>Reads a contract's terms out of a request.</summary>
internal static class ContractFields
{
    /// <summary>An event holds at most 128 KiB, and a contract is published in one.</summary>
    private const int LargestContract = 100 * 1024;

    private static readonly LocalDate Latest = new(2199, 12, 31);

    /// <summary>The terms alone: what callers decide, in one spelling. Meaningless once <paramref name="faults"/> has any.</summary>
    /// <param name="faults">Takes what is wrong.</param>
    /// <param name="given">The request's.</param>
    /// <param name="now">When it is said: obligations cannot have been done later.</param>
    public static Proto.Contract Contract(this FieldFaults faults, Proto.Contract given, Instant now)
    {
        var terms = Own(given);
        faults.Required(terms.DisplayName, "contract.display_name").Length(terms.DisplayName, 200, "contract.display_name");
        faults.Length(terms.Note, 2000, "contract.note");
        faults.Name(terms.Party, "parties", "contract.party");
        faults.OptionalName(terms.InternalOwner, "parties", "contract.internal_owner");
        faults.Check(
            terms.Components.Count <= 1000,
            "contract.components",
            $"Has {terms.Components.Count} entries; at most 1000 are allowed.",
            "TOO_MANY");
        for (var i = 0; i < terms.Components.Count; i++) faults.Name(terms.Components[i], "components", $"contract.components[{i}]");
        if (terms.TimeZone.Length > 0) faults.Zone(terms.TimeZone, "contract.time_zone");
        faults.Dates(terms);
        faults.ServiceLevels(terms);
        faults.Retainer(terms.Retainer);
        faults.Obligations(terms);
        if (faults.Any) return terms;
        Obligations.Settle(faults, terms, terms.DayAt(now));
        faults.Check(
            terms.CalculateSize() <= LargestContract,
            "contract",
            $"Has {terms.CalculateSize()} bytes; at most {LargestContract} are allowed.",
            "TOO_LARGE");
        return terms;
    }

    /// <summary>What people decide; names in full, lists without repetition.</summary>
    private static Proto.Contract Own(Proto.Contract given)
    {
        var terms = given.Clone();
        (terms.Name, terms.Etag, terms.FinalDate, terms.State, terms.Term) = ("", "", "", Proto.Contract.Types.State.Unspecified, null);
        (terms.EffectiveTime, terms.CreateTime, terms.UpdateTime, terms.DeleteTime) = (null, null, null, null);
        terms.Party = NameFields.InFull(terms.Party, "parties");
        terms.InternalOwner = NameFields.InFull(terms.InternalOwner, "parties");
        var components = terms.Components.Select(name => NameFields.InFull(name, "components")).Distinct().ToList();
        terms.Components.Clear();
        terms.Components.Add(components);
        return terms;
    }

    private static void Dates(this FieldFaults faults, Proto.Contract terms)
    {
        faults.Required(terms.StartDate, "contract.start_date");
        var (start, end) = (faults.Day(terms.StartDate, "contract.start_date"), faults.Day(terms.EndDate, "contract.end_date"));
        var (notice, given) =
            (faults.Day(terms.NoticeDate, "contract.notice_date"), faults.Day(terms.NoticeGivenDate, "contract.notice_given_date"));
        faults.Check(Enum.IsDefined(terms.Renewal), "contract.renewal", $"{(int)terms.Renewal} is no renewal.", "UNKNOWN_VALUE");
        faults.Check(
            terms.Renewal != Proto.Contract.Types.Renewal.Automatic || terms.EndDate.Length > 0,
            "contract.end_date",
            "Is required with AUTOMATIC renewal: it says how long a term is.",
            "REQUIRED");
        faults.Check(!(end < start), "contract.end_date", $"{terms.EndDate} is before start_date, {terms.StartDate}.", "ENDS_BEFORE_START");
        faults.Check(terms.NoticeDate.Length == 0
            || terms.EndDate.Length > 0, "contract.notice_date", "Needs end_date: notice ends a term.", "NO_END");
        faults.Check(
            !(notice < start || notice > end),
            "contract.notice_date",
            $"{terms.NoticeDate} is not within {terms.StartDate} to {terms.EndDate}.",
            "OUTSIDE_OF_TERM");
        faults.Check(
            given is null || terms.EndDate.Length > 0,
            "contract.notice_given_date",
            "Needs end_date. Of a contract without end, enter as end_date the day with which the notice ends it.",
            "NO_END");
    }

    private static LocalDate? Day(this FieldFaults faults, string text, string field)
    {
        var day = faults.Date(text, field);
        faults.Check(day is not { } date
            || (date.Year >= 1900 && date <= Latest), field, $"{text} is not within 1900-01-01 to 2199-12-31.", "OUT_OF_RANGE");
        return day;
    }
}
