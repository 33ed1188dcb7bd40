using Governance.BuildingBlocks.Names;
using Governance.Patching.Remediations;
using Governance.Windows.V1;
using NodaTime;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Demands;

/// <summary>Whether deadlines can be kept at all, from what the calendar offers.</summary>
internal static class Feasibilities
{
    /// <summary>Judges the remediations of one demand. An answer to an older demand says nothing.</summary>
    public static void Judge(SlotDemand demand, SlotSupplyRow row, IEnumerable<Remediation> waiting, Instant now)
    {
        if (row.Supply.Length == 0) return;
        var supply = SlotSupply.Parser.ParseFrom(row.Supply);
        if (supply.DemandVersion < demand.Version) return;
        foreach (var remediation in waiting) remediation.Judge(Of(demand, supply, remediation), now);
    }

    private static Proto.Feasibility Of(SlotDemand demand, SlotSupply supply, Remediation remediation)
    {
        var first = supply.FirstSlot ?? supply.FirstSlotAtAll;
        if (first is not null && first.ToInstant() + demand.Duration <= remediation.Due)
        {
            return new Proto.Feasibility { State = Proto.Feasibility.Types.State.Feasible, FirstSlot = first };
        }
        return new Proto.Feasibility
        {
            State = Proto.Feasibility.Types.State.Infeasible,
            FirstSlot = first,
            BindingConstraint = supply.BindingConstraint.Length > 0 ? supply.BindingConstraint : "DUE",
            Detail = supply.Detail.Length > 0 ? supply.Detail : "It is due before the first permitted slot ends.",
            Remedies = { supply.Remedies },
        };
    }
}
