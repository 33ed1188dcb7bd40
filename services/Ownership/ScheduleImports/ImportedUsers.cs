using System.Text;
using Governance.Ownership.Schedules.Imports;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.ScheduleImports;

/// <summary>
/// Finds the users that a document's people are: by the e-mail address of a contact of the party, else by a contact's display
/// name, else a user is named after the address's local part or the display name.
/// </summary>
internal static class ImportedUsers
{
    /// <summary>Users, `users/…`, by the people's keys.</summary>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyList<ImportedPerson> people, Proto.Party party)
    {
        var users = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var person in people) users[person.Key] = Known(person, party) ?? Fresh(person, users.Values);
        return users;
    }

    private static string? Known(ImportedPerson person, Proto.Party party)
    {
        var theirs = party.Contacts.Where(one => one.User.Length > 0).ToList();
        var found =
            theirs.Find(one => person.Email.Length > 0 && string.Equals(one.Email, person.Email, StringComparison.OrdinalIgnoreCase))
                ?? theirs.Find(one => person.DisplayName.Length > 0
                    && string.Equals(one.DisplayName, person.DisplayName, StringComparison.OrdinalIgnoreCase));
        return found?.User;
    }

    private static string Fresh(ImportedPerson person, IEnumerable<string> taken)
    {
        var slug =
            Slug(person.Email.Length > 0 ? person.Email.Split('@')[0] : person.DisplayName.Length > 0 ? person.DisplayName : person.Key);
        var name = $"users/{slug}";
        for (var i = 2; taken.Contains(name); i++)
        {
            name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"users/{slug}-{i}");
        }
        return name;
    }

    private static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (var letter in text.ToLowerInvariant().Take(100))
        {
            if (char.IsLetterOrDigit(letter) || letter is '.' or '_') slug.Append(letter);
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }

        return slug.ToString().Trim('-') is { Length: > 0 } some ? some : "somebody";
    }
}
