using System.Globalization;
using Governance.BuildingBlocks.Fields;
using NodaTime;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Contracts.TimeEntries;

/// <summary>One row of a vendor's sheet as text, whatever its format.</summary>
/// <param name="Position">Its index from 0, or `line 12`.</param>
/// <param name="Cells">By the names of <see cref="TimeEntryColumns"/>.</param>
/// <param name="Fault">Why it cannot be read at all; null when it can.</param>
internal sealed record SheetRow(string Position, IReadOnlyDictionary<string, string> Cells, string? Fault = null)
{
    public string this[string column] => Cells.GetValueOrDefault(column, "");
}

/// <summary>Reads time entries out of rows.</summary>
/// <param name="contract">The contract's id.</param>
/// <param name="terms">Its terms: work lies between its first and its last day.</param>
internal sealed class TimeEntryFields(string contract, Proto.Contract terms)
{
    private const int MostMinutes = 100_000;
    private readonly LocalDate? _start = Terms.Date(terms.StartDate);
    private readonly LocalDate? _final = terms.FinalDate();

    /// <summary>The entry; or null with all that is wrong with the row.</summary>
    public TimeEntryRow? Read(SheetRow row, out string reasons)
    {
        var faults = new List<string>();
        var entry = new TimeEntryRow
        {
            Contract = contract,
            Id = Id(row, faults),
            Day = DayNumber.Of(Day(row[TimeEntryColumns.Date], faults)),
            Minutes = Minutes(row, faults),
            WorkType = Text(row, TimeEntryColumns.WorkType, 100, faults).ToLowerInvariant(),
            Component = Component(row, faults),
            AfterHours = AfterHours(row[TimeEntryColumns.AfterHours], faults),
            Note = Text(row, TimeEntryColumns.Note, 1000, faults),
        };
        reasons = string.Join(' ', faults);
        return faults.Count == 0 ? entry : null;
    }

    private static string Id(SheetRow row, List<string> faults)
    {
        var id = Text(row, TimeEntryColumns.Id, TimeEntryRow.LongestId, faults);
        if (id.AsSpan().ContainsAny('/', ' ')) faults.Add("id: Holds a slash or a blank.");
        return id;
    }

    private LocalDate? Day(string text, List<string> faults)
    {
        if (Terms.Date(text) is not { } day)
        {
            faults.Add(text.Length == 0 ? "date: Is required." : $"date: '{text}' is no date such as 2026-03-31.");
        }
        else if (day < _start)
        {
            faults.Add($"date: {text} is before the contract's first day, {Terms.Text(_start)}.");
        }
        else if (day > _final)
        {
            faults.Add($"date: {text} is after the contract's last day, {Terms.Text(_final)}.");
        }
        else
        {
            return day;
        }

        return null;
    }

    private static int Minutes(SheetRow row, List<string> faults)
    {
        var (hours, minutes) = (row[TimeEntryColumns.Hours], row[TimeEntryColumns.Minutes]);
        if ((hours.Length > 0) == (minutes.Length > 0))
        {
            faults.Add("minutes: Exactly one of hours and minutes is required.");
            return 0;
        }

        var field = hours.Length > 0 ? TimeEntryColumns.Hours : TimeEntryColumns.Minutes;
        var given = hours.Length > 0 ? OfHours(hours) : Number(minutes);
        if (given is null) faults.Add($"{field}: '{hours}{minutes}' is no number{(hours.Length > 0 ? " such as 1.5 or 1:30" : "")}.");
        else if (hours.Length == 0 && given != decimal.Truncate(given.Value)) faults.Add($"{field}: {minutes} is no whole number.");
        else if (given is < 0 or > MostMinutes) faults.Add($"{field}: {hours}{minutes} is not from 0 to {MostMinutes} minutes.");
        else return (int)decimal.Round(given.Value, MidpointRounding.AwayFromZero);
        return 0;
    }

    /// <summary>`1.5` or `1:30`, in minutes.</summary>
    private static decimal? OfHours(string text)
    {
        if (text.Split(':') is not [var hours, { Length: 2 } minutes])
        {
            return Number(text) is { } number && Math.Abs(number) < MostMinutes ? number * 60 : Number(text);
        }
        return Number(hours) is { } whole and >= 0 and < MostMinutes
            && whole == decimal.Truncate(whole)
            && Number(minutes) is { } rest and >= 0 and < 60 ? (whole * 60) + rest : null;
    }

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static string Component(SheetRow row, List<string> faults)
    {
        var name = NameFields.InFull(row[TimeEntryColumns.Component], "components");
        if (name.Length > 0 && !NameFields.IsName(name, "components")) faults.Add($"component: '{name}' is no name such as components/….");
        return name;
    }

    private static bool AfterHours(string text, List<string> faults)
    {
        switch (text.ToLowerInvariant())
        {
            case "true" or "yes" or "y" or "1":
                return true;
            case "" or "false" or "no" or "n" or "0":
                return false;
            default:
                faults.Add($"afterHours: '{text}' is neither true nor false.");
                return false;
        }
    }

    private static string Text(SheetRow row, string column, int most, List<string> faults)
    {
        var text = row[column];
        if (text.Length > most) faults.Add($"{column}: Has {text.Length} characters; at most {most} are allowed.");
        return text;
    }
}
