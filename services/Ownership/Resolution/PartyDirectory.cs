using System.Collections.Concurrent;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Resolution;

/// <summary>
/// Parties and policies as they were last read. A write that touches any of them raises the ledger's stamp, in whichever replica,
/// and every question reads the stamp first: what was read under another stamp is forgotten.
/// </summary>
internal sealed class PartyDirectory
{
    private const int MostHeld = 2000;

    private volatile DirectoryPages _pages = new(-1);

    /// <summary>What may be answered from under a stamp.</summary>
    public DirectoryPages Under(long stamp)
    {
        var pages = _pages;
        if (pages.Stamp == stamp && pages.Parties.Count <= MostHeld) return pages;
        return _pages = new DirectoryPages(stamp);
    }
}

/// <param name="Stamp">Under which it was read; what is held is as of then or later.</param>
internal sealed record DirectoryPages(long Stamp)
{
    public ConcurrentDictionary<string, PartyRecord> Parties { get; } = new(StringComparer.Ordinal);

    /// <summary>Null values: there is none of the name.</summary>
    public ConcurrentDictionary<string, Dated<Proto.EscalationPolicy>?> Policies { get; } = new(StringComparer.Ordinal);
}
