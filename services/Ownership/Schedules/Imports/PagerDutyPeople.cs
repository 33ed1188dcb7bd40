using System.Text.Json;

namespace Governance.Ownership.Schedules.Imports;

/// <summary>The users that a PagerDuty document names, each once.</summary>
internal sealed class PagerDutyPeople
{
    private readonly Dictionary<string, ImportedPerson> _people = new(StringComparer.Ordinal);

    public IReadOnlyList<ImportedPerson> All => [.. _people.Values];

    /// <param name="reference">A user, or an object whose `user` it is.</param>
    /// <returns>The person's key.</returns>
    public string Add(JsonElement reference)
    {
        var user = PagerDutyJson.Object(reference, "user") ?? reference;
        var (id, email) = (PagerDutyJson.Text(user, "id"), PagerDutyJson.Text(user, "email"));
        var name = PagerDutyJson.Text(user, "summary") is { Length: > 0 } summary ? summary : PagerDutyJson.Text(user, "name");
        var key = id.Length > 0 ? id : email.Length > 0 ? email : name;
        if (key.Length == 0) throw new FormatException("A user has neither id nor email nor summary.");
        if (!_people.TryGetValue(key, out var known)) known = new ImportedPerson(key, "", "");
        _people[key] = known with
        {
            DisplayName = known.DisplayName.Length > 0 ? known.DisplayName : name,
            Email = known.Email.Length > 0 ? known.Email : email,
        };
        return key;
    }
}
