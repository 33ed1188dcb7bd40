using System.Reflection;
using Google.Protobuf.Reflection;

namespace Governance.BuildingBlocks.Eventing;

/// <summary>Messages of the contract by their full name, as events and tombstones carry it.</summary>
internal static class EventTypes
{
    private static readonly Lazy<Dictionary<string, MessageDescriptor>> Known = new(Read);

    /// <returns>Null when the contract has no such message.</returns>
    public static MessageDescriptor? Find(string fullName) => Known.Value.GetValueOrDefault(fullName);

    /// <summary>Generated code has one class with the descriptor of each file; ours is all that an event can be of.</summary>
    private static Dictionary<string, MessageDescriptor> Read() => AppDomain.CurrentDomain.GetAssemblies()
        .Where(assembly => assembly.GetName().Name?.StartsWith("Governance.", StringComparison.Ordinal) == true)
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
        .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null))
        .OfType<FileDescriptor>()
        .SelectMany(file => file.MessageTypes)
        .DistinctBy(message => message.FullName)
        .ToDictionary(message => message.FullName, StringComparer.Ordinal);
}
