using Governance.Ownership.V1;

namespace Governance.Ownership.Imports.Codeowners;

/// <summary>What a party is called in CODEOWNERS besides its own name.</summary>
internal static class PartyAliases
{
    public static IEnumerable<string> Of(Party terms) => [];
}
