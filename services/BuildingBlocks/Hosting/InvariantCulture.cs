using System.Globalization;

namespace Governance.BuildingBlocks.Hosting;

/// <summary>
/// Programs answer everybody alike, whatever the machine's language. By code and not by the runtime's switch, under which
/// SQL Server's client refuses every connection.
/// </summary>
public static class InvariantCulture
{
    /// <summary>For this thread and all that begin later.</summary>
    public static void Use() =>
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture =
            CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
}
