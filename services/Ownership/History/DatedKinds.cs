using Google.Protobuf;
using Governance.BuildingBlocks.Errors;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.Ownership.History;

/// <summary>The kinds of resources that have a history, by the collection in their names.</summary>
internal static class DatedKinds
{
    private static readonly Dictionary<string, (
        Func<OwnershipDb, string, CancellationToken, Task<IDated?>> Find, Func<byte[], IMessage> Parse)> Kinds = new()
        {
            ["components"] = (async (db, id, ct) =>
                await db.Components.AsTracking().SingleOrDefaultAsync(one => one.Id == id, ct), V1.Component.Parser.ParseFrom),
            ["contracts"] = (async (db, id, ct) =>
                await db.Contracts.AsTracking().SingleOrDefaultAsync(one => one.Id == id, ct), V1.Contract.Parser.ParseFrom),
            ["parties"] = (async (db, id, ct) =>
                await db.Parties.AsTracking().SingleOrDefaultAsync(one => one.Id == id, ct), V1.Party.Parser.ParseFrom),
            ["escalationPolicies"] = (async (db, id, ct) =>
                await db.EscalationPolicies.AsTracking().SingleOrDefaultAsync(one => one.Id == id, ct),
                V1.EscalationPolicy.Parser.ParseFrom),
        };

    /// <exception cref="InvalidRequest">The name is none of a kind that has a history.</exception>
    /// <exception cref="Missing">There is no such resource.</exception>
    public static async Task<IDated> FindAsync(OwnershipDb db, string name, CancellationToken ct) =>
        await KindOf(name).Find(db, name[(name.IndexOf('/') + 1)..], ct) ?? throw new Missing(name);

    public static IMessage Parse(string name, byte[] content) => KindOf(name).Parse(content);

    private static (Func<OwnershipDb, string, CancellationToken, Task<IDated?>> Find, Func<byte[], IMessage> Parse) KindOf(string name) =>
        name.Split('/') is [var collection, _] && Kinds.TryGetValue(collection, out var kind)
            ? kind
            : throw FieldFaults.Single("parent", $"'{name}' names none of {string.Join(", ", Kinds.Keys)}.", "INVALID_NAME");
}
