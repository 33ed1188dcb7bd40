namespace Governance.Ownership.Schedules.Imports;

/// <summary>Somebody whom a document names.</summary>
/// <param name="Key">By which the document's shifts and rotations name them, unique in it.</param>
/// <param name="DisplayName">For people; may be empty.</param>
/// <param name="Email">May be empty.</param>
internal sealed record ImportedPerson(string Key, string DisplayName, string Email);

/// <summary>What of a document was not taken.</summary>
/// <param name="Position">1 for the first event or layer.</param>
/// <param name="Id">By which the document names it; may be empty.</param>
/// <param name="Reason">Why.</param>
internal sealed record ImportReject(int Position, string Id, string Reason);

/// <summary>A schedule out of a document; its users are the people's keys.</summary>
internal sealed record ImportedSchedule(ScheduleTerms Terms, IReadOnlyList<ImportedPerson> People, IReadOnlyList<ImportReject> Rejected)
{
    /// <summary>The schedule with users in the place of keys.</summary>
    public ScheduleTerms Named(IReadOnlyDictionary<string, string> users) => Terms with
    {
        Rotations = [.. Terms.Rotations.Select(one => one with { Members = [.. one.Members.Select(key => users[key])] })],
        Shifts = [.. Terms.Shifts.Select(one => one with { User = users[one.User] })],
        Overrides = [.. Terms.Overrides.Select(one => one with { User = one.User.Length > 0 ? users[one.User] : "" })],
    };
}
