using Governance.BuildingBlocks.Errors;
using Governance.Ownership.V1;

namespace Governance.Ownership.Contracts;

/// <summary>Checks what a contract says about hours paid for in advance.</summary>
internal static class RetainerFields
{
    private const int MostMinutes = 1_000_000;

    public static void Retainer(this FieldFaults faults, Retainer? retainer)
    {
        if (retainer is null) return;
        const string field = "contract.retainer";
        faults.Check(
            retainer.Minutes is > 0 and <= MostMinutes,
            $"{field}.minutes",
            $"{retainer.Minutes} is not from 1 to {MostMinutes}.",
            "OUT_OF_RANGE");
        faults.Check(Enum.IsDefined(retainer.Period), $"{field}.period", $"{(int)retainer.Period} is no period.", "UNKNOWN_VALUE");
        faults.Check(
            retainer.RollOverPeriods is >= 0 and <= 120,
            $"{field}.roll_over_periods",
            $"{retainer.RollOverPeriods} is not from 0 to 120.",
            "OUT_OF_RANGE");
        faults.Check(
            retainer.RollOverMinutes is >= 0 and <= MostMinutes,
            $"{field}.roll_over_minutes",
            $"{retainer.RollOverMinutes} is not from 0 to {MostMinutes}.",
            "OUT_OF_RANGE");
        faults.Check(
            retainer.RollOverMinutes <= 0 || retainer.RollOverPeriods != 0,
            $"{field}.roll_over_minutes",
            "Limits what rolls over, but roll_over_periods says that nothing does.",
            "CONTRADICTION");
        faults.Check(
            retainer.DebtShare is >= 0 and <= 100,
            $"{field}.debt_share",
            $"{retainer.DebtShare} is no percentage from 0 to 100.",
            "OUT_OF_RANGE");
        faults.Check(
            retainer.AfterHoursMultiplier is 0 or (>= 1 and <= 10),
            $"{field}.after_hours_multiplier",
            $"{retainer.AfterHoursMultiplier} is not from 1 to 10.",
            "OUT_OF_RANGE");
    }
}
