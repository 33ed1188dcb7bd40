using Governance.BuildingBlocks.Errors;

namespace Governance.MaintenanceWindows.Fields;

/// <summary>Reads ids and resource names out of requests.</summary>
internal static class NameFields
{
    /// <summary>The id that the caller chose, or a UUIDv7.</summary>
    public static string NewId(this FieldFaults faults, string chosen, string field)
    {
        if (chosen.Length == 0) return Guid.CreateVersion7().ToString();
        faults.Slug(chosen, field);
        return chosen;
    }

    /// <summary>The ids in a resource name: of <c>freezes/peak/overrides/o1</c> by <c>freezes/*/overrides/*</c>, peak and o1.</summary>
    /// <exception cref="InvalidRequest">It is no such name.</exception>
    public static string[] Ids(string name, string pattern, string field = "name")
    {
        var (parts, wanted) = (name.Split('/'), pattern.Split('/'));
        var fits = parts.Length == wanted.Length
            && parts.Zip(wanted).All(pair => pair.Second == "*" ? pair.First.Length is > 0 and <= 63 : pair.First == pair.Second);
        if (!fits) throw FieldFaults.Single(field, $"'{name}' is no name such as {pattern.Replace("*", "…", StringComparison.Ordinal)}.", "INVALID_NAME");
        return [.. parts.Where((_, place) => wanted[place] == "*")];
    }

    /// <inheritdoc cref="Ids"/>
    public static string Id(string name, string collection, string field = "name") => Ids(name, $"{collection}/*", field)[0];

    /// <summary>A component's name in full, however it was typed; empty stays empty.</summary>
    public static string Component(string name) =>
        name.Length == 0 || name.StartsWith("components/", StringComparison.Ordinal) ? name : $"components/{name}";
}
