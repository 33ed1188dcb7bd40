namespace Governance.Patching.Documents;

/// <summary>What is wrong at one place of a document.</summary>
/// <param name="Path">As <c>components[12].purl</c>, indexes from zero; empty for the document as a whole.</param>
/// <param name="Reason">What was expected there, in a sentence.</param>
internal sealed record FieldFault(string Path, string Reason)
{
    public override string ToString() => Path.Length == 0 ? Reason : $"{Path}: {Reason}";
}

/// <summary>One record of a feed that was refused; the others go on.</summary>
/// <param name="Position">
/// Where it stands: its index from 0 in an array, <c>line 12</c> where documents stand one a line, or a JSON path.
/// </param>
/// <param name="Id">Its id, where it could be read.</param>
/// <param name="Faults">All that is wrong with it.</param>
internal sealed record RejectedRecord(string Position, string? Id, IReadOnlyList<FieldFault> Faults)
{
    /// <summary>All faults in one line.</summary>
    public string Reason => string.Join(" ", Faults);
}
