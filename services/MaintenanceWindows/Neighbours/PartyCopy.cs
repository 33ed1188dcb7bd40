using System.Collections.Immutable;
using Governance.BuildingBlocks.Neighbours;
using Governance.Ownership.V1;

namespace Governance.MaintenanceWindows.Neighbours;

/// <summary>Ownership's party: who belongs to it, and how many changes it implements at once.</summary>
internal sealed class PartyCopy : Copy<PartyChanged>, ICalendarPart
{
    public string DisplayName { get; private set; } = "";

    /// <summary><c>users/…</c>.</summary>
    public ImmutableArray<string> Members { get; private set; } = [];

    /// <summary>Null: unlimited.</summary>
    public int? ParallelChanges { get; private set; }

    protected override void Take(PartyChanged changed)
    {
        var party = changed.Party;
        DisplayName = party.DisplayName;
        Members = [.. party.Members];
        ParallelChanges = party.HasParallelChanges ? party.ParallelChanges : null;
    }
}
