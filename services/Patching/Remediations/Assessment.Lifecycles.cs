using Governance.Patching.Neighbours;
using ClosedBy = Governance.Patching.V1.Remediation.Types.ClosedBy;

namespace Governance.Patching.Remediations;

/// <summary>Upgrades off cycles that end.</summary>
internal sealed partial class Assessment
{
    /// <summary>Brings one remediation in step with an end of life.</summary>
    /// <param name="duty">What ends.</param>
    /// <param name="component">The component.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="known">The remediation, if there is one.</param>
    /// <param name="inventory">The inventory that was just read; null when something else changed.</param>
    public void Assess(LifecycleDuty duty, ComponentFacts component, string environment, Remediation? known, string? inventory)
    {
        if (known is null)
        {
            known = Remediation.Open(duty, component.Name, environment, _unit.Now);
            _unit.Db.Remediations.Add(known);
            Opened++;
        }
        else if (!known.IsPending && !TryReopen(known, new InventoryMatch(duty.Items, false), inventory))
        {
            return;
        }

        known.Assess(duty, component, _unit.Now);
    }

    /// <summary>Closes one that nothing asks for any more: reached, else withdrawn.</summary>
    public void End(Remediation remediation, bool isReached, string evidence)
    {
        if (isReached) remediation.Remediate(ClosedBy.Inventory, evidence, _unit.Now);
        else remediation.Withdraw(evidence, _unit.Now);
        Closed++;
    }
}
