using Governance.Patching.Documents;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Calendars;

/// <summary>The calendars that ship with the service.</summary>
internal static class CalendarFile
{
    public static readonly IReadOnlyList<string> PresetIds = ["weekdays", "target2", "us-federal"];

    public static BusinessCalendar Load(string id) =>
        PresetFiles.Read<Proto.Calendar, BusinessCalendar>(typeof(CalendarFile), id, (faults, calendar) => faults.Calendar(calendar));
}
