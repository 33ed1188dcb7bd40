using System.Text.Json;
using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Csaf.Schema;

/// <param name="item">What each item must look like.</param>
/// <param name="least">How many there are at least.</param>
/// <param name="distinct">Whether no two may be equal.</param>
internal sealed class ListShape(Shape item, int least, bool distinct) : Shape
{
    public override void Check(CsafNode node, List<FieldFault> faults)
    {
        if (node.Value.ValueKind != JsonValueKind.Array)
        {
            faults.Add(node.Fault("Expected an array."));
            return;
        }

        if (node.Value.GetArrayLength() < least)
        {
            faults.Add(node.Fault(least == 1 ? "Must not be empty." : $"Must have at least {least} items."));
        }
        var seen = distinct ? new Dictionary<string, CsafNode>(StringComparer.Ordinal) : null;
        foreach (var one in node.Items())
        {
            item.Check(one, faults);
            if (seen is not null && !seen.TryAdd(Form(one.Value), one))
            {
                faults.Add(one.Fault($"Is the same as {seen[Form(one.Value)].Path}: items must differ."));
            }
        }
    }

    /// <summary>Equal for equal values only.</summary>
    private static string Form(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? $"\"{value.GetString()}" : CanonicalJson.Digest(value);
}
