using System.Text.Json;
using Governance.Patching.Documents;
using Governance.Patching.Fields;
using NodaTime;
using NodaTime.Text;

namespace Governance.Patching.Lifecycles;

/// <summary>
/// Reads one cycle in any of the shapes that endoflife.date has had: its own files (<c>releaseCycle</c>, <c>eoas</c>,
/// <c>eoes</c>), its older API (<c>cycle</c>, <c>support</c>, <c>extendedSupport</c>) and its API v1 (<c>name</c>,
/// <c>isEol</c> beside <c>eolFrom</c>).
/// </summary>
internal readonly struct CycleReader(JsonElement element, List<FieldFault> faults)
{
    private const int LongestText = 200;

    private readonly JsonFields _fields = JsonFields.Of(element, "", faults);

    /// <summary>The cycle's own name, as far as it has one.</summary>
    public string Name => _fields.LenientText("releaseCycle") ?? _fields.LenientText("cycle") ?? _fields.LenientText("name") ?? "";

    public CycleDocument Read()
    {
        var name = Name;
        if (name.Length == 0)
        {
            _fields.Fault("releaseCycle", "Required: the cycle has no name.");
        }
        else if (!LifecycleNames.IsId(name))
        {
            _fields.Fault("releaseCycle", $"'{name[..Math.Min(60, name.Length)]}' is no cycle: up to {LifecycleNames.LongestId} "
                + "lower-case letters, digits and any of .-+_");
        }
        var (latest, latestDay) = Latest();
        return new CycleDocument
        {
            Name = name,
            Codename = Text(_fields, "codename"),
            Released = Day(_fields, "releaseDate"),
            ActiveSupport = Mark("eoas", "Eoas") ?? Mark("support", ""),
            Life = Mark("eol", "Eol"),
            ExtendedSupport = Mark("eoes", "Eoes") ?? Mark("extendedSupport", ""),
            LongTerm = Mark("lts", "Lts"),
            Discontinued = Mark("discontinued", "Discontinued"),
            LatestVersion = latest,
            LatestReleased = latestDay,
        };
    }

    private (string Version, LocalDate? Day) Latest()
    {
        if (element.ValueKind != JsonValueKind.Object
            || !element.TryGetProperty("latest", out var latest)
            || latest.ValueKind != JsonValueKind.Object)
        {
            return (Text(_fields, "latest"), Day(_fields, "latestReleaseDate"));
        }
        var own = JsonFields.Of(latest, "latest", faults);
        return (Text(own, "name"), Day(own, "date"));
    }

    /// <param name="name">The field that is a day or a boolean.</param>
    /// <param name="split">API v1 has a day <c>eolFrom</c> and a boolean <c>isEol</c> instead; empty: not of this.</param>
    private SupportMark? Mark(string name, string split)
    {
        if (_fields.Has(name)) return DayOrWhether(name);
        if (split.Length == 0) return null;
        if (Day(_fields, $"{name}From") is { } day) return new SupportMark(day, false);
        return _fields.OptionalBoolean($"is{split}") is { } reached ? new SupportMark(null, reached) : null;
    }

    private SupportMark? DayOrWhether(string name)
    {
        var value = element.GetProperty(name);
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return new SupportMark(null, value.GetBoolean());
        if (value.ValueKind == JsonValueKind.String) return Day(_fields, name) is { } day ? new SupportMark(day, false) : null;
        _fields.Fault(name, "Expected a day as YYYY-MM-DD, true or false.");
        return null;
    }

    private static LocalDate? Day(JsonFields fields, string name)
    {
        if (fields.OptionalText(name) is not { } text) return null;
        if (LocalDatePattern.Iso.Parse(text) is { Success: true, Value.Year: >= 1 and <= 9999 } day) return day.Value;
        fields.Fault(name, $"'{text[..Math.Min(60, text.Length)]}' is not a day as YYYY-MM-DD.");
        return null;
    }

    private static string Text(JsonFields fields, string name)
    {
        var text = fields.LenientText(name) ?? "";
        if (text.Length > LongestText) fields.Fault(name, $"Is longer than {LongestText} characters.");
        return text;
    }
}
