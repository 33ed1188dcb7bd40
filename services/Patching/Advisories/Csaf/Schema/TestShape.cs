using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Csaf.Schema;

/// <summary>A form that one of the mandatory tests demands: its faults begin with the test's number.</summary>
internal sealed class TestShape(string test, Shape shape) : Shape
{
    public override void Check(CsafNode node, List<FieldFault> faults)
    {
        var own = new List<FieldFault>();
        shape.Check(node, own);
        faults.AddRange(own.Select(fault => fault with { Reason = $"{test}: {fault.Reason}" }));
    }
}
