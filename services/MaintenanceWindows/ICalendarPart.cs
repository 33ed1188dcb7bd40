namespace Governance.MaintenanceWindows;

/// <summary>
/// Something that decides when a change may start. Saving one makes what replicas hold of the calendar old, and has the
/// bookings that it may concern looked at again.
/// </summary>
internal interface ICalendarPart
{
    /// <summary>The resource name.</summary>
    string Name { get; }
}
