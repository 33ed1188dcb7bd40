using System.Text.Json;
using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Csaf.Schema;

/// <summary>A CVSS score: a number from 0 to 10.</summary>
internal sealed class ScoreShape : Shape
{
    public override void Check(CsafNode node, List<FieldFault> faults)
    {
        if (node.Value.ValueKind != JsonValueKind.Number)
        {
            faults.Add(node.Fault("Expected a number."));
        }
        else if (!node.Value.TryGetDecimal(out var score) || score is < 0 or > 10)
        {
            faults.Add(node.Fault("Must be from 0 to 10."));
        }
    }
}
