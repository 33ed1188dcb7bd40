using Governance.Ownership.Parties;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.Ownership.Imports.Codeowners;

/// <summary>Which parties the owners in CODEOWNERS are, or belong to.</summary>
internal sealed class CodeownerParties
{
    private const string UserPrefix = "users/";
    private readonly Dictionary<string, SortedSet<string>> _byAlias = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads every living party's names: there are few, compared to components.</summary>
    public static async Task<CodeownerParties> OpenAsync(OwnershipDb db, CancellationToken ct)
    {
        var parties = new CodeownerParties();
        await foreach (var party in db.Parties.AsNoTracking().Where(one => one.DeleteTime == null).AsAsyncEnumerable().WithCancellation(ct))
        {
            foreach (var alias in AliasesOf(party)) parties.Add(alias, party.Name);
        }

        return parties;
    }

    /// <summary>
    /// A team is the party of its alias, else of its name without the organisation; a user is the party of that alias or that they alone are, and
    /// those that they are a member of; an address is the party that it reaches.
    /// </summary>
    public IReadOnlyList<string> Of(Codeowner owner) => owner.Kind switch
    {
        CodeownerKind.Team => Find(owner.Value) ?? Find($"parties/{owner.Value[(owner.Value.IndexOf('/') + 1)..]}") ?? [],
        CodeownerKind.User => Find(owner.Value) ?? Find($"{UserPrefix}{owner.Value}") ?? [],
        _ => Find(owner.Value) ?? [],
    };

    private static IEnumerable<string> AliasesOf(Party party) => [party.Name, .. party.Terms.Members, .. PartyAliases.Of(party.Terms)];

    private void Add(string alias, string party)
    {
        if (!_byAlias.TryGetValue(alias, out var parties)) _byAlias[alias] = parties = new SortedSet<string>(StringComparer.Ordinal);
        parties.Add(party);
    }

    private string[]? Find(string alias) => _byAlias.TryGetValue(alias, out var parties) ? [.. parties] : null;
}
