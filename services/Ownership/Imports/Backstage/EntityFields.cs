using Governance.Ownership.Imports.Records;
namespace Governance.Ownership.Imports.Backstage;

/// <summary>What a schema asks of a field.</summary>
internal enum FieldType
{
    /// <summary>A text of at least one character.</summary>
    Text,

    /// <summary>A text, empty or not.</summary>
    AnyText,

    /// <summary>A list of texts of at least one character each.</summary>
    Texts,

    /// <summary>A map.</summary>
    Map,

    /// <summary>A list.</summary>
    List,
}

/// <summary>A field of a schema.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Type">What it holds.</param>
/// <param name="IsRequired">Whether it must be there.</param>
internal sealed record Field(string Name, FieldType Type = FieldType.Text, bool IsRequired = false);

/// <summary>Checks maps against fields.</summary>
internal static class EntityFields
{
    public static void Check(YamlMap map, string place, IEnumerable<Field> fields, CatalogFaults faults)
    {
        foreach (var field in fields)
        {
            if (map[field.Name] is { } value) Check(value, $"{place}{field.Name}", field.Type, faults);
            else if (field.IsRequired) faults.Add($"{place}{field.Name}", "is missing");
        }
    }

    public static void Check(YamlNode value, string place, FieldType type, CatalogFaults faults)
    {
        switch (type)
        {
            case FieldType.Text or FieldType.AnyText:
                if (value is not YamlScalar { IsString: true } text) Wrong(value, place, "string", faults);
                else if (type == FieldType.Text && text.Value.Length == 0) faults.Add(place, "must not be empty");
                break;
            case FieldType.Texts when value is YamlList list:
                for (var i = 0; i < list.Items.Count; i++) Check(list.Items[i], $"{place}[{i}]", FieldType.Text, faults);
                break;
            case FieldType.Map when value is YamlMap:
            case FieldType.List when value is YamlList:
                break;
            default:
                Wrong(value, place, type == FieldType.Map ? "object" : "array", faults);
                break;
        }
    }

    private static void Wrong(YamlNode value, string place, string wanted, CatalogFaults faults) => faults.Add(
        place, value is YamlScalar { Type: not CoreSchema.String and not CoreSchema.Null } scalar && wanted == CoreSchema.String
            ? $"must be {wanted}, and {scalar.Value} is {scalar.Type}: write it in quotes"
            : $"must be {wanted}, not {value.Type}");
}
