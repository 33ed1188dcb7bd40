using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Parties;

/// <summary>Reads a party's terms out of a request.</summary>
internal static class PartyFields
{
    private const int MostMembers = 1000;
    private const int MostContacts = 200;

    /// <summary>The terms alone: what callers decide, in one spelling. Meaningless once <paramref name="faults"/> has any.</summary>
    /// <param name="faults">Takes what is wrong.</param>
    /// <param name="given">The request's.</param>
    /// <param name="self">The party's own name.</param>
    public static Proto.Party Party(this FieldFaults faults, Proto.Party given, string self)
    {
        var terms = Own(given);
        faults.Required(terms.DisplayName, "party.display_name").Length(terms.DisplayName, 200, "party.display_name");
        faults.Length(terms.Description, 2000, "party.description");
        faults.Check(
            terms.Kind is Proto.Party.Types.Kind.Team or Proto.Party.Types.Kind.Vendor,
            "party.kind",
            "Is neither TEAM nor VENDOR.",
            "REQUIRED");
        faults.Check(
            !terms.HasParallelChanges || terms.ParallelChanges > 0,
            "party.parallel_changes",
            $"Is {terms.ParallelChanges}; at least 1, or unset for no limit.",
            "OUT_OF_RANGE");
        faults.Count(terms.Members, MostMembers, "party.members");
        for (var i = 0; i < terms.Members.Count; i++) faults.Name(terms.Members[i], "users", $"party.members[{i}]");
        faults.Count(terms.Contacts, MostContacts, "party.contacts");
        for (var i = 0; i < terms.Contacts.Count; i++) faults.Contact(terms.Contacts[i], $"party.contacts[{i}]");
        if (terms.SupportHours is { } hours) faults.SupportHours(hours, "party.support_hours");
        if (terms.Schedule is { } schedule) faults.Schedule(schedule, "party.schedule");
        faults.OptionalName(terms.EscalationPolicy, "escalationPolicies", "party.escalation_policy");
        faults.OptionalName(terms.Parent, "parties", "party.parent");
        faults.Check(terms.Parent != self, "party.parent", "Names the party itself.", "PART_OF_ITSELF");
        faults.Count(terms.Labels, 100, "party.labels");
        foreach (var (key, value) in terms.Labels)
        {
            faults.Check(key.Length is > 0 and <= 200
                && value.Length <= 1000, $"party.labels[{key}]", "Keys have 1 to 200 characters, values at most 1,000.", "TOO_LONG");
        }
        return terms;
    }

    internal static void Count<T>(this FieldFaults faults, ICollection<T> items, int most, string field) =>
        faults.Check(items.Count <= most, field, $"Has {items.Count} entries; at most {most} are allowed.", "TOO_MANY");

    /// <summary>What people decide; names in full, members once.</summary>
    private static Proto.Party Own(Proto.Party given)
    {
        var terms = given.Clone();
        (terms.Name, terms.Source, terms.Etag) = ("", "", "");
        (terms.EffectiveTime, terms.CreateTime, terms.UpdateTime, terms.DeleteTime) = (null, null, null, null);
        terms.EscalationPolicy = NameFields.InFull(terms.EscalationPolicy, "escalationPolicies");
        terms.Parent = NameFields.InFull(terms.Parent, "parties");
        if (terms.SupportHours is { } hours) hours.HolidayCalendar = NameFields.InFull(hours.HolidayCalendar, "holidayCalendars");
        var members = terms.Members.Distinct().ToList();
        terms.Members.Clear();
        terms.Members.Add(members);
        return terms;
    }

    private static void Contact(this FieldFaults faults, Proto.Contact contact, string field)
    {
        faults.Length(contact.DisplayName, 200, $"{field}.display_name").Length(contact.Role, 200, $"{field}.role");
        faults.Length(contact.Phone, 50, $"{field}.phone").Length(contact.Chat, 200, $"{field}.chat");
        faults.OptionalName(contact.User, "users", $"{field}.user");
        faults.Check(
            contact.Email.Length + contact.Phone.Length + contact.Chat.Length > 0,
            field, "Has none of email, phone and chat; webhooks are registered as webhook endpoints of the party.", "REQUIRED");
        faults.Check(contact.Email.Length == 0
            || IsAddress(contact.Email), $"{field}.email", $"'{contact.Email}' is no e-mail address.", "INVALID_EMAIL");
    }

    private static bool IsAddress(string email) =>
        email.Length <= 254 && email.Split('@') is [{ Length: > 0 }, { Length: > 0 }] && !email.Any(char.IsWhiteSpace);
}
