using Google.Protobuf;
using Governance.BuildingBlocks.Errors;

namespace Governance.Patching.Documents;

/// <summary>Resources that ship as JSON files, written as REST shows them and read as requests are.</summary>
internal static class PresetFiles
{
    /// <param name="reader">A type of the folder that holds the files' folder.</param>
    /// <param name="id">The file's name without its ending.</param>
    /// <param name="read">Checks the message as it would a caller's.</param>
    public static T Read<TMessage, T>(Type reader, string id, Func<FieldFaults, TMessage, T> read)
        where TMessage : IMessage<TMessage>, new()
    {
        using var file = new StreamReader(ShippedFile.Open(reader, $"Presets.{id}.json"));
        var faults = new FieldFaults();
        var terms = read(faults, JsonParser.Default.Parse<TMessage>(file));
        faults.ThrowIfAny();
        return terms;
    }
}
