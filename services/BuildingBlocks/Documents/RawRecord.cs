using System.Globalization;

namespace Governance.BuildingBlocks.Documents;

/// <summary>One record as it stands in its feed.</summary>
/// <param name="Index">Its index, from zero.</param>
/// <param name="Line">The line on which it starts, from one.</param>
/// <param name="InArray">Whether it is an element of an array, else a document of its own.</param>
/// <param name="Bytes">What was read of it.</param>
/// <param name="Fault">Why it cannot be a record, else null.</param>
public readonly record struct RawRecord(long Index, long Line, bool InArray, ReadOnlyMemory<byte> Bytes, string? Fault)
{
    /// <summary>How a reader of the feed finds it: <c>12</c> in an array, else <c>line 12</c>.</summary>
    public string Position => InArray
        ? Index.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"line {Line}");
}
