namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>Why a rule is refused: the part (<c>BYWEEKNO</c>), the value as written, and the reason.</summary>
internal sealed record RuleFault(string Part, string Value, string Reason)
{
    public override string ToString() => $"{Part}={Value}: {Reason}.";
}
