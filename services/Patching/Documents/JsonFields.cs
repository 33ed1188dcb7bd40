using System.Globalization;
using System.Text.Json;

namespace Governance.Patching.Documents;

/// <summary>Reads the fields of one JSON object, noting every fault with its place and going on.</summary>
internal readonly struct JsonFields(JsonElement element, string path, List<FieldFault> faults)
{
    /// <summary>The object at the path, or an empty one after noting that something else stands there.</summary>
    public static JsonFields Of(JsonElement element, string path, List<FieldFault> faults)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            return new JsonFields(element, path, faults);
        }
        faults.Add(new FieldFault(path, $"Expected an object, found {Name(element)}."));
        return new JsonFields(default, path, faults);
    }

    public bool Has(string name) => TryGet(name, out _);

    /// <summary>The path of a field; of the object itself where no name is given.</summary>
    public string PathOf(string name) => path.Length == 0 ? name : name.Length == 0 ? path : $"{path}.{name}";

    public void Fault(string name, string reason) => faults.Add(new FieldFault(PathOf(name), reason));

    public string? OptionalText(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }
        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }
        Fault(name, $"Expected text, found {Name(value)}.");
        return null;
    }

    public string RequiredText(string name)
    {
        if (!TryGet(name, out _))
        {
            Fault(name, "Required.");
        }
        var text = OptionalText(name);
        if (text is not null && string.IsNullOrWhiteSpace(text))
        {
            Fault(name, "Must not be blank.");
        }
        return text ?? "";
    }

    public int RequiredCount(string name)
    {
        if (!TryGet(name, out var value))
        {
            Fault(name, "Required.");
        }
        else if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count >= 0)
        {
            return count;
        }
        else
        {
            Fault(name, "Expected a whole number, zero or more.");
        }
        return 0;
    }

    public bool? OptionalBoolean(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }
        Fault(name, $"Expected true or false, found {Name(value)}.");
        return null;
    }

    public decimal? OptionalNumber(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number))
        {
            return number;
        }
        Fault(name, $"Expected a number, found {Name(value)}.");
        return null;
    }

    public IReadOnlyList<int> Counts(string name)
    {
        var counts = new List<int>();
        foreach (var (index, item) in Elements(name).Index())
        {
            if (item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var count) && count >= 0)
            {
                counts.Add(count);
            }
            else
            {
                faults.Add(new FieldFault(PlaceOf(PathOf(name), index), "Expected a whole number, zero or more."));
            }
        }

        return counts;
    }

    /// <summary>Any value's text or number as text; null where it is absent or something else.</summary>
    public string? LenientText(string name) => !TryGet(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    /// <summary>An RFC 3339 instant, in UTC.</summary>
    public DateTimeOffset? OptionalInstant(string name)
    {
        var text = OptionalText(name);
        if (text is null)
        {
            return null;
        }
        if (HasShape(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant))
        {
            return instant.ToUniversalTime();
        }
        Fault(name, $"'{Shorten(text)}' is not an RFC 3339 date-time with an offset.");
        return null;
    }

    /// <summary>A day as YYYY-MM-DD.</summary>
    public DateOnly? RequiredDay(string name)
    {
        var before = faults.Count;
        var text = RequiredText(name);
        if (faults.Count > before)
        {
            return null;
        }
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }
        Fault(name, $"'{Shorten(text)}' is not a day as YYYY-MM-DD.");
        return null;
    }

    public JsonFields? OptionalObject(string name) => TryGet(name, out var value) ? Of(value, PathOf(name), faults) : null;

    /// <summary>The elements of an array, none where it is absent.</summary>
    public IEnumerable<(JsonElement Element, string Path)> Items(string name)
    {
        var path = PathOf(name);
        return Elements(name).Select((item, index) => (item, PlaceOf(path, index)));
    }

    public IReadOnlyList<string> Texts(string name)
    {
        var texts = new List<string>();
        foreach (var (index, item) in Elements(name).Index())
        {
            if (item.ValueKind == JsonValueKind.String)
            {
                texts.Add(item.GetString()!);
            }
            else
            {
                faults.Add(new FieldFault(PlaceOf(PathOf(name), index), $"Expected text, found {Name(item)}."));
            }
        }

        return texts;
    }

    public JsonFields Object(JsonElement item, string place) => Of(item, place, faults);

    /// <summary>Feeds write null for what is absent.</summary>
    private bool TryGet(string name, out JsonElement value)
    {
        value = default;
        return element.ValueKind == JsonValueKind.Object
            && element.TryGetProperty(name, out value)
            && value.ValueKind != JsonValueKind.Null;
    }

    /// <summary>The parser takes more than RFC 3339 does: dates alone, names of months, times without an offset.</summary>
    private static bool HasShape(string text) =>
        text.Length >= 20 && text[4] == '-' && text[7] == '-' && text[10] is 'T' or 't' or ' ' &&
        (text[^1] is 'Z' or 'z' || text.AsSpan(19).IndexOfAny('+', '-') >= 0);

    /// <summary>An array may have thousands of elements, whose places are told only where one is wrong.</summary>
    private IEnumerable<JsonElement> Elements(string name)
    {
        if (!TryGet(name, out var value))
        {
            return [];
        }
        if (value.ValueKind == JsonValueKind.Array)
        {
            return value.EnumerateArray();
        }
        Fault(name, $"Expected an array, found {Name(value)}.");
        return [];
    }

    private static string PlaceOf(string path, int index) => $"{path}[{index.ToString(CultureInfo.InvariantCulture)}]";

    private static string Name(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => "nothing",
    };

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
