using Governance.Ownership.V1;

namespace Governance.Ownership.Imports.Codeowners;

/// <summary>What a party is called in CODEOWNERS.</summary>
internal static class PartyAliases
{
    /// <summary>The label that says what it is called besides its own name: `acme/payments jane`, with or without `@`.</summary>
    public const string Label = "codeowners";

    /// <summary>Its name, its members, what the label says, and the addresses that reach it.</summary>
    /// <param name="party">`parties/…`.</param>
    /// <param name="terms">Its state.</param>
    public static IEnumerable<string> Of(string party, Party terms)
    {
        var said = terms.Labels.TryGetValue(Label, out var label) ? label : "";
        return said.Split([' ', ',', ';', '|'], StringSplitOptions.RemoveEmptyEntries).Select(alias => alias.TrimStart('@'))
            .Concat(terms.Contacts.Select(contact => contact.Email).Where(email => email.Length > 0))
            .Concat(terms.Members).Prepend(party);
    }
}
