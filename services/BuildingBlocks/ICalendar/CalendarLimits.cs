namespace Governance.BuildingBlocks.ICalendar;

/// <summary>How much a document may hold.</summary>
public static class CalendarLimits
{
    /// <summary>Of a document, for services that hold it as a whole.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    /// <summary>Of an unfolded line, in octets: our own feed lists 20,000 times in one.</summary>
    public const int LongestLine = 1024 * 1024;

    /// <summary>Of a document.</summary>
    public const int MostComponents = 20_000;

    /// <summary>How many components may lie within each other.</summary>
    public const int Deepest = 8;
}
