using System.Text.Json;
using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Csaf.Schema;

/// <summary>An object with its known fields; a name that ends in an exclamation mark is required.</summary>
internal sealed class ObjectShape : Shape
{
    private readonly Dictionary<string, Shape> _fields = new(StringComparer.Ordinal);
    private readonly List<string> _required = [];

    public ObjectShape(params (string Name, Shape Shape)[] fields)
    {
        foreach (var (name, shape) in fields)
        {
            var bare = name.TrimEnd('!');
            _fields.Add(bare, shape);
            if (bare.Length < name.Length) _required.Add(bare);
        }
    }

    /// <summary>How many fields there are at least, known or not.</summary>
    public int Least { get; init; }

    /// <summary>How many fields there are at most, known or not.</summary>
    public int Most { get; init; } = int.MaxValue;

    public override void Check(CsafNode node, List<FieldFault> faults)
    {
        if (node.Value.ValueKind != JsonValueKind.Object)
        {
            faults.Add(node.Fault("Expected an object."));
            return;
        }

        foreach (var name in _required.Where(name => !node.Value.TryGetProperty(name, out _)))
        {
            faults.Add(new FieldFault(node.PathOf(name), "Required."));
        }
        var count = 0;
        foreach (var (name, value) in node.Fields())
        {
            count++;
            if (_fields.TryGetValue(name, out var shape)) shape.Check(value, faults);
        }

        if (count < Least)
        {
            faults.Add(node.Fault(Least == 1 ? "Must not be empty." : $"Must have at least {Least} fields."));
        }
        if (count > Most)
        {
            faults.Add(node.Fault($"Must have at most {Most} fields."));
        }
    }
}
