using System.Collections.Immutable;
using Governance.Common.V1;

namespace Governance.MaintenanceWindows.Imports;

/// <summary>What an import of a calendar says besides its file.</summary>
/// <param name="Source">Which calendar it is.</param>
/// <param name="As">What events become that do not say it; null: nothing.</param>
/// <param name="Scope">What freezes and windows cover.</param>
/// <param name="Kinds">The kinds that windows allow, unless the event says.</param>
internal sealed record ImportTerms(string Source, Taken? As, Scope Scope, ImmutableArray<ChangeKind> Kinds)
{
    private const string Bookings = "@bookings.governance";
    private const string Maintenance = "@providerMaintenances.governance";

    /// <summary>What an event becomes; null: nothing.</summary>
    public Taken? Of(CalendarEvent one, out string reason)
    {
        reason = "";
        if (one.Uid.EndsWith(Bookings, StringComparison.Ordinal) || one.Uid.EndsWith(Maintenance, StringComparison.Ordinal))
        {
            reason = "It is a booking or a vendor's maintenance of a feed of ours, which is no freeze and no window.";
        }
        else if (one.Categories.Contains("FREEZE"))
        {
            return Taken.Freeze;
        }
        else if (one.Categories.Contains("WINDOW"))
        {
            return Taken.Window;
        }
        else if (As is null)
        {
            reason = "Neither its CATEGORIES nor the import say whether it is a freeze or a window.";
        }
        return reason.Length > 0 ? null : As;
    }

    public ImmutableArray<ChangeKind> KindsOf(CalendarEvent one)
    {
        ImmutableArray<ChangeKind> named = [.. one.Categories.Select(Kind).Where(kind => kind != default).Distinct().Order()];
        return named.IsEmpty ? Kinds : named;
    }

    private static ChangeKind Kind(string category) =>
        category.All(char.IsAsciiLetter) && Enum.TryParse<ChangeKind>(category, ignoreCase: true, out var kind) ? kind : default;
}

/// <summary>What an event becomes.</summary>
internal enum Taken
{
    Freeze,
    Window,
}
