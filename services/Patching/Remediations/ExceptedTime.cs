using Governance.BuildingBlocks.Names;
using NodaTime;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Remediations;

/// <summary>What exceptions do to deadlines that come while they are in force.</summary>
internal static class ExceptedTime
{
    /// <summary>
    /// From when on a deadline that was not kept is missed: from its due instant, or from the end of the exception that suspended it then.
    /// </summary>
    public static Instant MissedFrom(this Proto.Remediation remediation, Instant due)
    {
        foreach (var period in remediation.ExceptedPeriods)
        {
            if (due < period.From.ToInstant()) break;
            due = Instant.Max(due, period.Until?.ToInstant() ?? Remediation.NoDue);
        }

        return due;
    }
}
