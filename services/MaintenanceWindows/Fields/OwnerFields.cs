using Governance.BuildingBlocks.Errors;

namespace Governance.MaintenanceWindows.Fields;

/// <summary>Reads people and parties out of requests.</summary>
internal static class OwnerFields
{
    /// <summary><c>parties/…</c>, <c>users/…</c>, or nobody.</summary>
    public static void Owner(this FieldFaults faults, string name, string field) =>
        faults.Check(
            name.Length == 0 || ScopeFields.IsName(name, "parties") || ScopeFields.IsName(name, "users"),
            field,
            $"'{name}' is neither parties/… nor users/….",
            "INVALID_NAME");
}
