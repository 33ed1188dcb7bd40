using System.Globalization;
using System.Text;
using System.Text.Json;
using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Csaf;

/// <summary>A value of a document, which knows where it stands; the path is written only where a fault needs it.</summary>
internal sealed class CsafNode
{
    private readonly CsafNode? _parent;
    private readonly string? _name;
    private readonly int _index;

    private CsafNode(JsonElement value, CsafNode? parent, string? name, int index) =>
        (Value, _parent, _name, _index) = (value, parent, name, index);

    public JsonElement Value { get; }

    /// <summary>As <c>vulnerabilities[0].scores[1].cvss_v3</c>, indexes from zero; empty for the document.</summary>
    public string Path
    {
        get
        {
            if (_parent is null) return "";
            var path = new StringBuilder(_parent.Path);
            if (_name is null) return path.Append(CultureInfo.InvariantCulture, $"[{_index}]").ToString();
            return path.Append(path.Length > 0 ? "." : "").Append(_name).ToString();
        }
    }

    public static CsafNode Root(JsonElement document) => new(document, null, null, 0);

    /// <summary>The value of a field; null where the object has no such field.</summary>
    public CsafNode? Field(string name) =>
        Value.ValueKind == JsonValueKind.Object && Value.TryGetProperty(name, out var value) ? new CsafNode(value, this, name, 0) : null;

    /// <summary>A field that need not be there, for faults about its absence.</summary>
    public string PathOf(string name) => Path is { Length: > 0 } path ? $"{path}.{name}" : name;

    /// <summary>The items of an array.</summary>
    public IEnumerable<CsafNode> Items()
    {
        var index = 0;
        foreach (var item in Value.EnumerateArray())
        {
            yield return new CsafNode(item, this, null, index++);
        }
    }

    /// <summary>The items of a field's array; none where the field is absent.</summary>
    public IEnumerable<CsafNode> Items(string name) => Field(name)?.Items() ?? [];

    /// <summary>The fields of an object.</summary>
    public IEnumerable<(string Name, CsafNode Node)> Fields()
    {
        foreach (var property in Value.EnumerateObject())
        {
            yield return (property.Name, new CsafNode(property.Value, this, property.Name, 0));
        }
    }

    /// <summary>This value, which is text.</summary>
    public string Text() => Value.GetString()!;

    /// <summary>A field's text; null where the field is absent.</summary>
    public string? Text(string name) => Value.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>A field that the schema demands.</summary>
    public string Required(string name) => Value.GetProperty(name).GetString()!;

    /// <summary>The texts of a field's array; none where the field is absent.</summary>
    public IEnumerable<string> Texts(string name) =>
        Value.TryGetProperty(name, out var array) ? array.EnumerateArray().Select(item => item.GetString()!) : [];

    public FieldFault Fault(string reason) => new(Path, reason);
}
