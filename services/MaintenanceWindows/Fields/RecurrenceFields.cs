using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.MaintenanceWindows.Recurrence;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Fields;

/// <summary>Reads recurrences and their policies out of requests; a fault of a rule names its part.</summary>
internal static class RecurrenceFields
{
    /// <summary>The recurrence; null, with every fault of it added, when it is refused.</summary>
    /// <param name="faults">Takes the faults.</param>
    /// <param name="input">As the caller wrote it.</param>
    /// <param name="path">What the fields' names begin with, <c>window.</c>.</param>
    public static RecurrenceSet? Recurrence(this FieldFaults faults, RecurrenceInput input, string path)
    {
        var zoned = input.TimeZone.Length == 0 || Zones.Exists(input.TimeZone);
        if (!zoned) faults.Add($"{path}time_zone", Zones.Unknown(input.TimeZone), "UNKNOWN_ZONE");
        var set = RecurrenceSet.TryCreate(zoned ? input : input with { TimeZone = "" }, out var refused);
        foreach (var fault in refused) faults.Add(path + fault.Field, fault.Reason, "INVALID_RECURRENCE");
        return zoned ? set : null;
    }

    public static GapPolicy Gap(this FieldFaults faults, Proto.GapPolicy policy, string field)
    {
        faults.Check(Enum.IsDefined(policy), field, $"{(int)policy} is no gap policy; SHIFT and SKIP are.", "UNKNOWN_VALUE");
        return policy == Proto.GapPolicy.Skip ? GapPolicy.Skip : GapPolicy.Shift;
    }

    public static OverlapPolicy Overlap(this FieldFaults faults, Proto.OverlapPolicy policy, string field)
    {
        faults.Check(Enum.IsDefined(policy), field, $"{(int)policy} is no overlap policy; FIRST and SECOND are.", "UNKNOWN_VALUE");
        return policy == Proto.OverlapPolicy.Second ? OverlapPolicy.Second : OverlapPolicy.First;
    }

    public static DurationPolicy Lasting(this FieldFaults faults, Proto.DurationPolicy policy, string field)
    {
        faults.Check(Enum.IsDefined(policy), field, $"{(int)policy} is no duration policy; EXACT and WALL_CLOCK are.", "UNKNOWN_VALUE");
        return policy == Proto.DurationPolicy.WallClock ? DurationPolicy.WallClock : DurationPolicy.Exact;
    }
}
