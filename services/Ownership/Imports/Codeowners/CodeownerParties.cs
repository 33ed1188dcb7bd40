using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.Ownership.Imports.Codeowners;

/// <summary>Which parties the owners in CODEOWNERS are, or belong to.</summary>
internal sealed class CodeownerParties
{
    private const int BatchSize = 500;

    private readonly ILookup<string, string> _parties;

    private CodeownerParties(IEnumerable<PartyAliasRow> rows) => _parties = rows.ToLookup(row => row.Alias, row => row.Party);

    /// <summary>Reads what is known by the names of these owners, and nothing else.</summary>
    public static async Task<CodeownerParties> OpenAsync(OwnershipDb db, IEnumerable<Codeowner> owners, CancellationToken ct)
    {
        var rows = new List<PartyAliasRow>();
        foreach (var keys in owners.SelectMany(NamesOf).Select(PartyAliasRow.KeyOf).Distinct().Chunk(BatchSize))
        {
            rows.AddRange(await db.PartyAliases.AsNoTracking().Where(row => EF.Parameter(keys).Contains(row.Alias)).ToListAsync(ct));
        }
        return new CodeownerParties(rows);
    }

    /// <summary>By name.</summary>
    public IReadOnlyList<string> Of(Codeowner owner)
    {
        foreach (var name in NamesOf(owner))
        {
            string[] found = [.. _parties[PartyAliasRow.KeyOf(name)].Order(StringComparer.Ordinal)];
            if (found.Length > 0) return found;
        }

        return [];
    }

    /// <summary>
    /// A team is the party of its alias, else of its name without the organisation; a user is the party of that alias or that they alone
    /// are, and those that they are a member of; an address is the party that it reaches. The first name that is known counts.
    /// </summary>
    private static string[] NamesOf(Codeowner owner) => owner.Kind switch
    {
        CodeownerKind.Team => [owner.Value, $"parties/{owner.Value[(owner.Value.IndexOf('/') + 1)..]}"],
        CodeownerKind.User => [owner.Value, $"users/{owner.Value}"],
        _ => [owner.Value],
    };
}
