using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Errors;

namespace Governance.BuildingBlocks.Fields;

/// <summary>Takes over from a request what its field mask names. Protobuf's own merge does not know maps.</summary>
public static class UpdateMasks
{
    /// <summary>Whether the mask names everything: it is unset, empty or <c>*</c>.</summary>
    public static bool IsWhole(FieldMask? mask) => mask is null || mask.Paths.Count == 0 || mask.Paths.Contains("*");

    /// <summary>The current message with the named fields as given. No mask, or <c>*</c>: the given message.</summary>
    /// <param name="faults">Takes what the mask names and the message does not have.</param>
    /// <param name="current">What is there.</param>
    /// <param name="given">The request's.</param>
    /// <param name="mask">The request's; may be unset.</param>
    public static T Masked<T>(this FieldFaults faults, T current, T given, FieldMask? mask)
        where T : class, IMessage<T>, IDeepCloneable<T>
    {
        if (IsWhole(mask)) return given;
        var merged = current.Clone();
        foreach (var path in mask!.Paths)
        {
            if (!Take(given.Clone(), merged, path.Split('.')))
            {
                faults.Add("update_mask", $"{given.Descriptor.Name} has no field '{path}'.", "UNKNOWN_FIELD");
            }
        }

        return merged;
    }

    private static bool Take(IMessage from, IMessage to, ReadOnlySpan<string> path)
    {
        if (from.Descriptor.FindFieldByName(path[0]) is not { } field) return false;
        if (path.Length == 1) Replace(from, to, field);
        else if (field.FieldType != FieldType.Message || field.IsRepeated || field.IsMap) return false;
        else return Take(Child(from, field), Child(to, field), path[1..]);
        return true;
    }

    private static void Replace(IMessage from, IMessage to, FieldDescriptor field)
    {
        field.Accessor.Clear(to);
        if (field.IsMap)
        {
            foreach (DictionaryEntry entry in (IDictionary)field.Accessor.GetValue(from))
            {
                ((IDictionary)field.Accessor.GetValue(to)).Add(entry.Key, entry.Value);
            }
        }
        else if (field.IsRepeated)
        {
            foreach (var value in (IList)field.Accessor.GetValue(from)) ((IList)field.Accessor.GetValue(to)).Add(value);
        }
        else if (!field.HasPresence || field.Accessor.HasValue(from))
        {
            field.Accessor.SetValue(to, field.Accessor.GetValue(from));
        }
    }

    private static IMessage Child(IMessage parent, FieldDescriptor field)
    {
        if (field.Accessor.GetValue(parent) is IMessage child) return child;
        child = field.MessageType.Parser.ParseFrom(ByteString.Empty);
        field.Accessor.SetValue(parent, child);
        return child;
    }
}
