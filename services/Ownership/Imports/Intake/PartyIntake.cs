using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Imports.Records;
using Governance.Ownership.Parties;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.Ownership.Imports.Intake;

/// <summary>Keeps parties with their people, once the whole document is read.</summary>
internal sealed class PartyIntake(CatalogScope scope, CatalogDocument document)
{
    private readonly ILookup<string, UserRecord> _people = document.Users
        .SelectMany(user => user.MemberOf.Select(party => (party, user))).ToLookup(one => one.party, one => one.user);

    private readonly HashSet<string> _defined = [.. document.Parties.Select(party => party.Name)];

    /// <summary>The parties that the document defines. People of parties that it does not define are noted.</summary>
    public IEnumerable<PartyRecord> Defined()
    {
        foreach (var people in _people.Where(people => !_defined.Contains(people.Key) && !document.Owners.Contains(people.Key)))
        {
            foreach (var person in people)
            {
                document.Note(person, $"spec.memberOf: {people.Key} is not in this document; the membership is not kept.");
            }
        }

        return document.Parties;
    }

    public async Task TakeAsync(WriteUnit<OwnershipDb> unit, IReadOnlyList<PartyRecord> records, ImportTally counted, CancellationToken ct)
    {
        var known = await KnownAsync(unit, records.Select(record => record.Name), ct);
        var archive = await RevisionArchive.OpenAsync(unit.Db, known.Values, ct);
        foreach (var record in records)
        {
            var party = known.GetValueOrDefault(record.Name);
            var living = party is { IsDeleted: false } ? party : null;
            if (scope.Refuses(record, living?.Source, [new Target(Party: record.Name)], counted)) continue;
            counted.Count(isNew: living is null, Keep(unit, record, party, archive));
        }
    }

    /// <summary>Creates the owners that nobody has defined, as teams with nothing but a name.</summary>
    public async Task ImplyAsync(WriteUnit<OwnershipDb> unit, IReadOnlyList<string> owners, ImportTally counted, CancellationToken ct)
    {
        var known = await KnownAsync(unit, owners, ct);
        var archive = await RevisionArchive.OpenAsync(unit.Db, known.Values, ct);
        foreach (var name in owners.Where(name => scope.Covers(new Target(Party: name)) && !_defined.Contains(name)))
        {
            var party = known.GetValueOrDefault(name);
            if (party is not null && party.Source != scope.Source) continue;
            var record = new PartyRecord("", "") { Name = name, DisplayName = CatalogIds.PersonOf(name) ?? name["parties/".Length..] };
            if (party is not { IsDeleted: false }) document.Implied.Add(name);
            Keep(unit, record, party, archive);
        }
    }

    /// <returns>Whether something that lives changed.</returns>
    private bool Keep(WriteUnit<OwnershipDb> unit, PartyRecord record, Party? party, RevisionArchive archive)
    {
        var terms = PartyTerms.Of(record, _people[record.Name], party?.Terms);
        if (party is null)
        {
            unit.Db.Parties.Add(Party.Create(record.Name["parties/".Length..], terms, scope.Source, unit.Now));
            return false;
        }

        if (!party.IsDeleted && party.Terms.Equals(terms)) return false;
        archive.Keep(party, unit.Now);
        if (party.IsDeleted) party.Restore(terms, scope.Source, unit.Now);
        else party.Put(terms, unit.Now, "UPDATED", unit.Now);
        return true;
    }

    private static Task<Dictionary<string, Party>> KnownAsync(WriteUnit<OwnershipDb> unit, IEnumerable<string> names, CancellationToken ct)
    {
        var ids = names.Select(name => name["parties/".Length..]).ToArray();
        return unit.Db.Parties.AsTracking().Where(one => ids.Contains(one.Id)).ToDictionaryAsync(one => one.Name, ct);
    }
}
