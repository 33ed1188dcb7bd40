using Governance.Ownership.Imports.Codeowners;
using Governance.Ownership.Imports.Records;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Imports.Intake;

/// <summary>A party's terms out of a catalogue.</summary>
internal static class PartyTerms
{
    /// <summary>The role of the contacts that a catalogue brings; those with another were entered here and stay.</summary>
    private const string FromCatalogue = "catalogue";
    private const int MostContacts = 200;

    /// <summary>Name, kind, people and their addresses are the catalogue's word; all else stays as it was entered here.</summary>
    public static Proto.Party Of(PartyRecord record, IEnumerable<UserRecord> people, Proto.Party? kept)
    {
        var terms = kept?.Clone() ?? new Proto.Party();
        (terms.DisplayName, terms.Kind, terms.Parent) = (record.DisplayName, record.Kind, record.Parent);
        if (record.Description.Length > 0) terms.Description = record.Description;
        if (record.CodeownersAliases.Count > 0) terms.Labels[PartyAliases.Label] = string.Join(' ', record.CodeownersAliases);
        string[] person = CatalogIds.PersonOf(record.Name) is { } id ? [$"users/{id}"] : [];
        UserRecord[] known = [.. people.OrderBy(one => one.Name, StringComparer.Ordinal)];
        terms.Members.Clear();
        terms.Members.Add(record.Members.Concat(known.Select(one => one.Name)).Concat(person).Distinct().Order(StringComparer.Ordinal));
        SetContacts(terms, record, known);
        return terms;
    }

    private static void SetContacts(Proto.Party terms, PartyRecord record, UserRecord[] people)
    {
        Proto.Contact[] own = [.. terms.Contacts.Where(contact => contact.Role != FromCatalogue)];
        var given = people.Select(one => Contact(one.DisplayName, one.Name, one.Email))
            .Prepend(Contact("", "", record.Email))
            .OfType<Proto.Contact>();
        terms.Contacts.Clear();
        terms.Contacts.Add(own.Concat(given.Where(contact => !own.Any(other => other.User == contact.User && other.Email == contact.Email)))
            .Take(MostContacts));
    }

    /// <summary>Null for what is no address.</summary>
    private static Proto.Contact? Contact(string displayName, string user, string email) =>
        email.Length <= 254 && email.IndexOf('@') is > 0 and var at && at < email.Length - 1 && !email.Any(char.IsWhiteSpace)
            ? new Proto.Contact { DisplayName = displayName, User = user, Role = FromCatalogue, Email = email }
            : null;
}
