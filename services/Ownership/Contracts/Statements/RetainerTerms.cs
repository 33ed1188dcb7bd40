using Governance.Ownership.V1;

namespace Governance.Ownership.Contracts.Statements;

/// <summary>What a retainer grants and how it counts.</summary>
internal sealed record RetainerTerms(
    int Minutes, bool Quarterly, int RollOverPeriods, int RollOverMinutes, int DebtShare, decimal Multiplier)
{
    /// <summary>A time without retainer: nothing is granted, and what rolled over runs out as before.</summary>
    public static RetainerTerms None { get; } = new(0, Quarterly: false, 0, 0, 0, 1);

    public static RetainerTerms? Of(Retainer? retainer) => retainer is null ? null : new RetainerTerms(
        retainer.Minutes,
        retainer.Period == Period.Quarter,
        retainer.RollOverPeriods,
        retainer.RollOverMinutes,
        retainer.DebtShare,
        retainer.AfterHoursMultiplier == 0 ? 1 : (decimal)retainer.AfterHoursMultiplier);

    /// <summary>The minutes of the grant that are kept for paying debt down, rounded down.</summary>
    public int DebtMinutes => (int)((long)Minutes * DebtShare / 100);

    /// <summary>What an entry counts: rounded to a whole minute, halves up.</summary>
    public int Counted(int minutes, bool afterHours) =>
        afterHours ? (int)decimal.Round(minutes * Multiplier, MidpointRounding.AwayFromZero) : minutes;
}
