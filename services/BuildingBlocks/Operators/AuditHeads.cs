using Google.Protobuf;
using Governance.BuildingBlocks.Audit;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Common.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Governance.BuildingBlocks.Operators;

/// <summary>
/// Publishes this service's signed head and keeps the neighbours'. A head carries back what its sender keeps of others, so
/// that each service can compare its own chain with what the others remember of it.
/// </summary>
internal sealed partial class AuditHeads<TDb>(
    UnitRunner<TDb> runner, ServiceEntry service, HeadSigner signer, ILogger<AuditHeads<TDb>> log)
    where TDb : GovernanceDbContext
{
    public string Service => service.Name;

    public AuditHeadPublished Sign(LedgerRow ledger) => signer.Sign(service.Name, ledger.AuditSequence, ledger.AuditHead);

    public Task PublishAsync(CancellationToken ct) => runner.RunAsync(
        new UnitScope(Caller.Service(service), "PublishAuditHead", []),
        async (unit, token) =>
        {
            var head = Sign(unit.Ledger);
            head.Kept.AddRange(await NewestKeptAsync(unit.Db, token));
            unit.Raised.Add(new RaisedEvent($"audit/{service.Name}", head, "PUBLISHED", unit.Sequence, Deleted: false)
            {
                Topic = ServiceCatalog.ControlTopic,
            });
            return true;
        },
        ct);

    public async Task KeepAsync(WriteUnit<TDb> unit, AuditHeadPublished head, CancellationToken ct)
    {
        if (head.Service == service.Name) return;
        var first = await unit.Db.AuditHeads.AsNoTracking()
            .Where(row => row.Service == head.Service && row.Keeper == service.Name)
            .OrderBy(row => row.Sequence)
            .FirstOrDefaultAsync(ct);
        if (!HeadSigner.Holds(head) || (first is not null && AuditHeadPublished.Parser.ParseFrom(first.Head).PublicKey != head.PublicKey))
        {
            Refused(log, head.Service, head.KeyId);
            return;
        }

        var kept = head.Clone();
        kept.Kept.Clear();
        await AddAsync(unit.Db, kept, keeper: service.Name, ct);
        foreach (var own in head.Kept.Where(other => other.Service == service.Name && HeadSigner.Holds(other)))
        {
            await AddAsync(unit.Db, own, keeper: head.Service, ct);
        }
    }

    private static async Task AddAsync(TDb db, AuditHeadPublished head, string keeper, CancellationToken ct)
    {
        if (await db.AuditHeads.FindAsync([head.Service, keeper, head.Sequence], ct) is not null) return;
        db.AuditHeads.Add(new AuditHeadRow
        {
            Service = head.Service,
            Keeper = keeper,
            Sequence = head.Sequence,
            Hash = head.Hash,
            Head = head.ToByteArray(),
        });
    }

    private async Task<IEnumerable<AuditHeadPublished>> NewestKeptAsync(TDb db, CancellationToken ct)
    {
        var rows = await db.AuditHeads.AsNoTracking()
            .Where(row => row.Keeper == service.Name)
            .GroupBy(row => row.Service)
            .Select(rows => rows.OrderByDescending(row => row.Sequence).First())
            .ToListAsync(ct);
        return rows.Select(row => AuditHeadPublished.Parser.ParseFrom(row.Head));
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Refused an audit head of {Service}: key {KeyId} is not the one that signed before, or did not sign it")]
    private static partial void Refused(ILogger log, string service, string keyId);
}
