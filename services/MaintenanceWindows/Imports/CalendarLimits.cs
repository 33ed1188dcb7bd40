namespace Governance.MaintenanceWindows.Imports;

/// <summary>How much a document may hold.</summary>
internal static class CalendarLimits
{
    public const int MostBytes = 16 * 1024 * 1024;

    /// <summary>Of an unfolded line, in octets: our own feed lists 20,000 times in one.</summary>
    public const int LongestLine = 1024 * 1024;

    public const int MostComponents = 20_000;

    public const int Deepest = 8;
}
