using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Parties;
using Governance.Ownership.Persistence;

namespace Governance.Ownership.Imports.Codeowners;

/// <summary>What CODEOWNERS calls parties follows from the parties.</summary>
internal sealed class PartyAliasFollower : IFollow<OwnershipDb>
{
    public Task FollowAsync(WriteUnit<OwnershipDb> unit, Changes changes, CancellationToken ct)
    {
        DerivedRows.Follow<Party, PartyAliasRow, (string Alias, string Party)>(
            unit, changes, Aliases, row => (row.Alias, row.Party), key => new PartyAliasRow { Alias = key.Alias, Party = key.Party });
        return Task.CompletedTask;
    }

    private static IEnumerable<(string Alias, string Party)> Aliases(Party party) => PartyAliases.Of(party.Name, party.Terms)
        .Where(alias => alias.Length <= PartyAliasRow.Longest).Select(alias => (PartyAliasRow.KeyOf(alias), party.Name));
}
