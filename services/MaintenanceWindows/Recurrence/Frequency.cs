namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>FREQ of RFC 5545, from short to long, so that "shorter than a day" is a comparison.</summary>
internal enum Frequency
{
    Secondly,
    Minutely,
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Yearly,
}
