using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Csaf.Schema;

/// <summary>What a value of a document must look like. Fields that a shape does not name are let through, as the format does.</summary>
internal abstract class Shape
{
    /// <summary>Notes every fault in the value and below it.</summary>
    public abstract void Check(CsafNode node, List<FieldFault> faults);

    /// <summary>A list that has at least one item.</summary>
    public static Shape List(Shape item, int least = 1, bool distinct = false) => new ListShape(item, least, distinct);

    /// <summary>A shape that is defined later, for those that hold themselves.</summary>
    public static Shape Later(Func<Shape> shape) => new LaterShape(shape);

    private sealed class LaterShape(Func<Shape> shape) : Shape
    {
        public override void Check(CsafNode node, List<FieldFault> faults) => shape().Check(node, faults);
    }
}
