using Governance.BuildingBlocks.Fields;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Governance.Ownership.Notifications;

/// <summary>How a party is reached by mail.</summary>
internal static class Contacts
{
    /// <returns>Its addresses; or why nobody there can be told at all.</returns>
    public static async Task<(IReadOnlyList<string> Mails, string Fault)> OfAsync(
        OwnershipDb db, string party, bool onDuty, Instant now, CancellationToken ct)
    {
        var id = NameFields.Id(party, "parties");
        var found = await db.Parties.SingleOrDefaultAsync(one => one.Id == id && one.DeleteTime == null, ct);
        if (found is null) return ([], $"There is no {party}.");
        return onDuty ? ([], $"Nobody of {party} is on duty at {Situations.Words.At(now)}.") : ([], "");
    }
}
