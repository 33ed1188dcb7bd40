using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Security;
using Governance.Ownership.Components;
using Governance.Ownership.Contracts;
using Governance.Ownership.Insights;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Contract = Governance.Ownership.Contracts.Contract;

namespace Governance.Ownership;

internal sealed partial class OwnershipCalls
{
    public override async Task<ExitSimulation> SimulateExit(SimulateExitRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var now = clock.Now;
        var date = ExitDate(request.Date, now);
        await using var db = await databases.CreateDbContextAsync(ct);
        var party = await SeenPartyAsync(db, request.Name, context, ct);
        var book = await db.DutiesAsync(party.Name, now, Instant.Max(now, date.AtMidnight().InUtc().ToInstant()), ct);
        var losses = await LossesAsync(db, book, party.Name, ct);
        if (context.Reach() is { Everything: false } reach) losses = await SeenAsync(db, losses, reach, now, ct);
        var (dependents, truncated) = await db.DependentsAsync([.. losses.Where(loss => loss.OrphanedAreas.Count > 0).Select(loss => loss.Component)], ct);
        var contracts = await db.Contracts.AsNoTracking().Where(one => one.Party == party.Name && one.DeleteTime == null).OrderBy(one => one.Id).ToListAsync(ct);
        contracts.RemoveAll(one => one.Terms.FinalDate() < now.InUtc().Date);
        return new ExitSimulation
        {
            Party = party.Name,
            Date = Terms.Text(date),
            Losses = { losses.Take(MostListed) },
            LossCount = losses.Count,
            OrphanedCount = losses.Sum(loss => loss.OrphanedAreas.Count),
            Contracts = { contracts.Select(one => Leaving(one, date, now)) },
            Obligations = { contracts.SelectMany(one => ExitDuties(one, date, now)).OrderBy(one => one.DueDate, StringComparer.Ordinal) },
            Affected = { await AffectedAsync(db, dependents, context.Reach(), now, ct) },
            AffectedTruncated = truncated,
        };
    }

    private static LocalDate ExitDate(string text, Instant now)
    {
        var faults = new FieldFaults();
        var (given, today) = (faults.Date(text, "date"), now.InUtc().Date);
        faults.Check(!(given < today), "date", $"{text} is over: an exit lies ahead.", "IN_THE_PAST");
        faults.Check(given is not { Year: > 2199 }, "date", $"{text} is after 2199-12-31.", "OUT_OF_RANGE");
        faults.ThrowIfAny();
        return given ?? today;
    }

    private static async Task<List<ExitLoss>> LossesAsync(OwnershipDb db, DutyBook book, string party, CancellationToken ct)
    {
        var systems = book.Components.Select(one => one.System).Where(name => name.Length > 0).Distinct().Select(name => name["systems/".Length..]).ToArray();
        var owners = new Dictionary<string, string>();
        foreach (var batch in systems.Chunk(DutyBooks.BatchSize))
        {
            var found = await db.Systems.Where(one => EF.Parameter(batch).Contains(one.Id) && one.DeleteTime == null).Select(one => new { one.Id, one.Owner }).ToListAsync(ct);
            foreach (var system in found) owners[$"systems/{system.Id}"] = system.Owner;
        }

        return [.. book.Components.Select(one => ExitLosses.Of(book, one, party, owners.GetValueOrDefault(one.System, ""))).OfType<ExitLoss>()];
    }

    /// <summary>What is planned to become the party's is not shown to its people before it is theirs.</summary>
    private static async Task<List<ExitLoss>> SeenAsync(OwnershipDb db, List<ExitLoss> losses, Reach reach, Instant now, CancellationToken ct)
    {
        var seen = new HashSet<string>();
        foreach (var batch in losses.Select(loss => loss.Component["components/".Length..]).Chunk(DutyBooks.BatchSize))
            seen.UnionWith(await db.Seen(reach, now).Where(one => EF.Parameter(batch).Contains(one.Id)).Select(one => "components/" + one.Id).ToListAsync(ct));
        return losses.FindAll(loss => seen.Contains(loss.Component));
    }

    private static ExitContract Leaving(Contract contract, LocalDate date, Instant now)
    {
        var noticed = contract.Terms.Clone();
        if (noticed.NoticeGivenDate.Length == 0) noticed.NoticeGivenDate = Terms.Text(noticed.DayAt(now));
        var earliest = noticed.FinalDate();
        return new ExitContract
        {
            Contract = contract.Name,
            FinalDate = Terms.Text(contract.Terms.FinalDate()),
            EarliestEndDate = Terms.Text(earliest),
            RunsBeyond = earliest > date,
        };
    }

    /// <summary>What has no day of its own is due when the party goes.</summary>
    private static IEnumerable<ContractObligation> ExitDuties(Contract contract, LocalDate date, Instant now) =>
        from one in contract.Terms.Obligations
        where one.Phase == Obligation.Types.Phase.Exit && one.IsOpen()
        select new ContractObligation
        {
            Contract = contract.Name,
            Party = contract.Party,
            Obligation = one,
            DueDate = Terms.Text(Terms.Date(one.DueDate) ?? date),
            Overdue = one.IsOverdue(contract.Terms, contract.Terms.DayAt(now)),
        };

    /// <summary>Those that the caller may see, with their tiers.</summary>
    private static async Task<List<AffectedComponent>> AffectedAsync(OwnershipDb db, IReadOnlyList<Dependent> dependents, Reach reach, Instant now, CancellationToken ct)
    {
        var tiers = new Dictionary<string, int>();
        foreach (var batch in dependents.Select(one => one.Component["components/".Length..]).Chunk(DutyBooks.BatchSize))
        {
            var found = await db.Seen(reach, now).Where(one => EF.Parameter(batch).Contains(one.Id)).Select(one => new { one.Id, one.Tier }).ToListAsync(ct);
            foreach (var one in found) tiers[$"components/{one.Id}"] = one.Tier;
        }

        return
        [
            .. dependents.Where(one => tiers.ContainsKey(one.Component))
                .Select(one => new AffectedComponent
                {
                    Component = one.Component,
                    Tier = tiers[one.Component],
                    Distance = one.Distance,
                    Via = one.Distance == 1 || tiers.ContainsKey(one.Via) ? one.Via : "",
                }),
        ];
    }
}
