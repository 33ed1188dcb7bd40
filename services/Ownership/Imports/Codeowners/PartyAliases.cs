using Governance.Ownership.V1;

namespace Governance.Ownership.Imports.Codeowners;

/// <summary>What a party is called in CODEOWNERS besides its own name.</summary>
internal static class PartyAliases
{
    /// <summary>The label that says so: `acme/payments jane`, with or without `@`.</summary>
    public const string Label = "codeowners";

    /// <summary>What the label says, and the addresses that reach the party.</summary>
    public static IEnumerable<string> Of(Party terms)
    {
        var said = terms.Labels.TryGetValue(Label, out var label) ? label : "";
        return said.Split([' ', ',', ';', '|'], StringSplitOptions.RemoveEmptyEntries).Select(alias => alias.TrimStart('@'))
            .Concat(terms.Contacts.Select(contact => contact.Email).Where(email => email.Length > 0));
    }
}
