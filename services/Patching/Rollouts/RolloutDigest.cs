using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Governance.Patching.Rollouts;

/// <summary>A fingerprint of all that an approval is about. Slots are not part of it: an approval survives a move.</summary>
internal static class RolloutDigest
{
    /// <summary>SHA-256, lower-case hexadecimal. The order of remediations and of a stage's components does not count.</summary>
    public static string Of(RolloutPlan plan)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            Write(json, plan);
        }
        return Convert.ToHexStringLower(SHA256.HashData(output.WrittenSpan));
    }

    private static void Write(Utf8JsonWriter json, RolloutPlan plan)
    {
        json.WriteStartObject();
        json.WriteString("displayName", plan.DisplayName);
        json.WriteString("changeType", plan.ChangeType);
        json.WriteString("kind", plan.Kind);
        WriteSet(json, "remediations", plan.Remediations);
        json.WriteStartArray("stages");
        foreach (var stage in plan.Stages)
        {
            Write(json, stage);
        }
        json.WriteEndArray();
        json.WriteString("backOut", plan.BackOut.Plan);
        json.WriteNumber("backOutTicks", plan.BackOut.Duration.Ticks);
        json.WriteString("implementer", plan.Implementer);
        if (plan.Template.Length > 0)
        {
            json.WriteString("template", plan.Template);
        }
        if (plan.Emergency is { } emergency)
        {
            Write(json, emergency);
        }
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, EmergencyPlan emergency)
    {
        json.WriteStartObject("emergency");
        json.WriteString("reason", emergency.Reason);
        json.WriteString("skipStagingReason", emergency.SkipStagingReason);
        json.WriteNumber("overrideForTicks", emergency.OverrideFor.Ticks);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, StagePlan stage)
    {
        json.WriteStartObject();
        json.WriteString("id", stage.Id);
        json.WriteString("kind", stage.Kind.ToString());
        WriteSet(json, "components", stage.Components);
        json.WriteString("environment", stage.Environment);
        json.WriteNumber("durationTicks", stage.Duration.Ticks);
        json.WriteNumber("soakTicks", stage.Soak.Ticks);
        json.WriteString("gate", stage.Gate.ToString());
        json.WriteEndObject();
    }

    private static void WriteSet(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values.Order(StringComparer.Ordinal))
        {
            json.WriteStringValue(value);
        }
        json.WriteEndArray();
    }
}
