using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Imports.Intake;

/// <summary>A party's terms out of a catalogue.</summary>
internal static class PartyTerms
{
    /// <summary>Name, kind and people are the catalogue's word; all else stays as it was entered here.</summary>
    public static Proto.Party Of(PartyRecord record, IEnumerable<UserRecord> people, Proto.Party? kept)
    {
        var terms = kept?.Clone() ?? new Proto.Party();
        (terms.DisplayName, terms.Kind) = (record.DisplayName, record.Kind);
        string[] person = CatalogIds.PersonOf(record.Name) is { } id ? [$"users/{id}"] : [];
        terms.Members.Clear();
        terms.Members.Add(record.Members.Concat(people.Select(one => one.Name)).Concat(person).Distinct().Order(StringComparer.Ordinal));
        return terms;
    }
}
