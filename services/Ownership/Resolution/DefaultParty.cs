using Governance.BuildingBlocks.Fields;

namespace Governance.Ownership.Resolution;

/// <summary>Who comes last where nobody else answers.</summary>
/// <param name="Name">`parties/…`; empty: the party with the label `default`.</param>
internal sealed record DefaultParty(string Name)
{
    private const string Variable = "GOVERNANCE_OWNERSHIP_DEFAULT_PARTY";

    /// <summary>Reads <c>GOVERNANCE_OWNERSHIP_DEFAULT_PARTY</c>: a party's name or id; may be unset.</summary>
    /// <exception cref="InvalidOperationException">It is set to something else.</exception>
    public static DefaultParty Read(Func<string, string?> variable)
    {
        var name = NameFields.InFull(variable(Variable)?.Trim() ?? "", "parties");
        return name.Length == 0 || NameFields.IsName(name, "parties")
            ? new DefaultParty(name)
            : throw new InvalidOperationException($"{Variable} is '{name}'; a party as parties/operations is asked for.");
    }
}
