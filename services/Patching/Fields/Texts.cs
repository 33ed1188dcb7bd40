using Governance.BuildingBlocks.Errors;

namespace Governance.Patching.Fields;

/// <summary>Reasons and comments.</summary>
internal static class Texts
{
    /// <summary>Characters.</summary>
    public const int Longest = 1000;

    /// <exception cref="InvalidRequest">It is too long, or it is required and empty.</exception>
    public static void Demand(string text, string field, bool required)
    {
        var faults = new FieldFaults().Length(text, Longest, field);
        if (required) faults.Required(text, field);
        faults.ThrowIfAny();
    }
}
