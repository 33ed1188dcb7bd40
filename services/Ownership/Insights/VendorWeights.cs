using Duty = Governance.Ownership.V1.Responsibility.Types.Duty;

namespace Governance.Ownership.Insights;

/// <summary>
/// A party's part of all work and of all accountability, each component and area weighed by tier. The parts of all parties and
/// of nobody add up to 1.
/// </summary>
internal readonly record struct VendorWeights(double Work, double Accountable)
{
    public static VendorWeights Of(DutyTable duties, string party)
    {
        var (work, accountable) = (0.0, 0.0);
        foreach (var component in duties.Components)
        {
            foreach (var area in duties.Areas)
            {
                var answers = duties.AccountableFor(component, area) == party;
                var hands = duties.With(component, area, Duty.Responsible).ToList();
                if (answers) accountable += component.Weight;
                if (hands.Contains(party)) work += (double)component.Weight / hands.Count;
                else if (answers && hands.Count == 0) work += component.Weight;
            }
        }

        return new VendorWeights(work, accountable);
    }

    /// <param name="total">The weight of all components, in one area.</param>
    /// <param name="areas">How many areas there are.</param>
    public VendorWeights PartOf(long total, int areas) =>
        total == 0 || areas == 0 ? default : new VendorWeights(Work / total / areas, Accountable / total / areas);
}
