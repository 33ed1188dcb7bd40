using Governance.BuildingBlocks.Errors;

namespace Governance.BuildingBlocks.Fields;

/// <summary>Reads ids and resource names out of requests.</summary>
public static class NameFields
{
    private const int LongestId = 200;

    /// <summary>The id that the caller chose, or a UUIDv7.</summary>
    public static string NewId(this FieldFaults faults, string chosen, string field)
    {
        if (chosen.Length == 0) return Guid.CreateVersion7().ToString();
        faults.Slug(chosen, field);
        return chosen;
    }

    /// <summary>The id in a resource name.</summary>
    /// <exception cref="InvalidRequest">It is no such name.</exception>
    public static string Id(string name, string collection, string field = "name") => IsName(name, collection)
        ? name[(collection.Length + 1)..]
        : throw FieldFaults.Single(field, $"'{name}' is no name such as {collection}/….", "INVALID_NAME");

    /// <summary>The ids in a name: of <c>freezes/peak/overrides/o1</c> by <c>freezes/*/overrides/*</c>, peak and o1.</summary>
    /// <exception cref="InvalidRequest">It is no such name.</exception>
    public static string[] Ids(string name, string pattern, string field = "name")
    {
        var (parts, wanted) = (name.Split('/'), pattern.Split('/'));
        var fits = parts.Length == wanted.Length
            && parts.Zip(wanted).All(pair => pair.Second == "*" ? pair.First.Length is > 0 and <= LongestId : pair.First == pair.Second);
        if (!fits)
        {
            throw FieldFaults.Single(
            field, $"'{name}' is no name such as {pattern.Replace("*", "…", StringComparison.Ordinal)}.", "INVALID_NAME");
        }

        return [.. parts.Where((_, place) => wanted[place] == "*")];
    }

    /// <summary>Adds a fault unless the text is a name of the collection.</summary>
    public static void Name(this FieldFaults faults, string name, string collection, string field) =>
        faults.Check(IsName(name, collection), field, $"'{name}' is no name such as {collection}/….", "INVALID_NAME");

    /// <summary>Adds a fault unless the text is empty or a name of the collection.</summary>
    public static void OptionalName(this FieldFaults faults, string name, string collection, string field)
    {
        if (name.Length > 0) faults.Name(name, collection, field);
    }

    /// <summary>Whether the text is a name of the collection: its id has 1 to 200 characters, none of them a blank or a slash.</summary>
    public static bool IsName(string name, string collection) =>
        name.StartsWith(collection, StringComparison.Ordinal) && name.Length > collection.Length + 1 && name[collection.Length] == '/'
        && name.Length <= collection.Length + 1 + LongestId && !name.AsSpan(collection.Length + 1).ContainsAny('/', ' ');

    /// <summary>A resource's name in full, however it was typed; empty stays empty.</summary>
    public static string InFull(string name, string collection) =>
        name.Length == 0 || name.StartsWith(collection + "/", StringComparison.Ordinal) ? name : $"{collection}/{name}";
}
