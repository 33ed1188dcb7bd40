using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Errors;

namespace Governance.BuildingBlocks.Fields;

/// <summary>Takes over from a request what its field mask names.</summary>
public static class UpdateMasks
{
    private static readonly FieldMask.MergeOptions Replacing =
        new() { ReplaceMessageFields = true, ReplaceRepeatedFields = true, ReplacePrimitiveFields = true };

    /// <summary>Whether the mask names everything: it is unset, empty or <c>*</c>.</summary>
    public static bool IsWhole(FieldMask? mask) => mask is null || mask.Paths.Count == 0 || mask.Paths.Contains("*");

    /// <summary>The current message with the named fields as given. No mask, or <c>*</c>: the given message.</summary>
    /// <param name="faults">Throws when the mask names what the message does not have.</param>
    /// <param name="current">Is changed.</param>
    /// <param name="given">The request's.</param>
    /// <param name="mask">The request's; may be unset.</param>
    public static T Masked<T>(this FieldFaults faults, T current, T given, FieldMask? mask)
        where T : IMessage<T>
    {
        if (IsWhole(mask)) return given;
        foreach (var path in mask!.Paths.Where(path => !FieldMask.IsValid(given.Descriptor, path)))
            faults.Add("update_mask", $"{given.Descriptor.Name} has no field '{path}'.", "UNKNOWN_FIELD");
        faults.ThrowIfAny();
        mask.Merge(given, current, Replacing);
        return current;
    }
}
