using Governance.BuildingBlocks.Security;
using Governance.Ownership.Contracts;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Contract = Governance.Ownership.Contracts.Contract;

namespace Governance.Ownership.Insights;

/// <summary>What a party's exit would leave, as far as the caller's roles reach.</summary>
internal static class ExitSimulations
{
    private const int MostListed = 1000;

    /// <param name="db">To read from.</param>
    /// <param name="party">The party that goes, `parties/…`.</param>
    /// <param name="date">The day on which it is gone.</param>
    /// <param name="reach">Where the caller may read.</param>
    /// <param name="now">The business clock's.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<ExitSimulation> SimulateExitAsync(
        this OwnershipDb db, string party, LocalDate date, Reach reach, Instant now, CancellationToken ct)
    {
        var duties = await db.DutiesAsync(party, now, Instant.Max(now, date.AtMidnight().InUtc().ToInstant()), ct);
        var losses = await LossesAsync(db, duties, party, ct);
        if (!reach.Everything) losses = await SeenAsync(db, losses, reach, now, ct);
        var (dependents, truncated) =
            await db.DependentsAsync([.. losses.Where(loss => loss.Orphaned.Count > 0).Select(loss => loss.Component.Name)], ct);
        var contracts = await db.Contracts.AsNoTracking()
            .Where(one => one.Party == party && one.DeleteTime == null)
            .OrderBy(one => one.Id)
            .ToListAsync(ct);
        contracts.RemoveAll(one => one.Terms.FinalDate() < now.InUtc().Date);
        return new ExitSimulation
        {
            Party = party,
            Date = Terms.Text(date),
            Losses = { losses.Take(MostListed).Select(ToProto) },
            LossCount = losses.Count,
            OrphanedCount = losses.Sum(loss => loss.Orphaned.Count),
            Contracts = { contracts.Select(one => Leaving(one, date, now)) },
            Obligations = { contracts.SelectMany(one => ExitDuties(one, date, now)).OrderBy(one => one.DueDate, StringComparer.Ordinal) },
            Affected = { await AffectedAsync(db, dependents, reach, now, ct) },
            AffectedTruncated = truncated,
        };
    }

    private static async Task<List<Loss>> LossesAsync(OwnershipDb db, DutyTable duties, string party, CancellationToken ct)
    {
        var systems = duties.Components.Select(one => one.System)
            .Where(name => name.Length > 0)
            .Distinct()
            .Select(name => name["systems/".Length..])
            .ToArray();
        var owners = new Dictionary<string, string>();
        foreach (var batch in systems.Chunk(DutyTables.BatchSize))
        {
            var found = await db.Systems.Where(one => EF.Parameter(batch).Contains(one.Id) && one.DeleteTime == null)
                .Select(one => new { one.Id, one.Owner })
                .ToListAsync(ct);
            foreach (var system in found) owners[$"systems/{system.Id}"] = system.Owner;
        }

        return [.. duties.Components.Select(one => Losses.Of(duties, one, party, owners.GetValueOrDefault(one.System, ""))).OfType<Loss>()];
    }

    /// <summary>What is planned to become the party's is not shown to its people before it is theirs.</summary>
    private static async Task<List<Loss>> SeenAsync(OwnershipDb db, List<Loss> losses, Reach reach, Instant now, CancellationToken ct)
    {
        var seen = new HashSet<string>();
        foreach (var batch in losses.Select(loss => loss.Component.Name["components/".Length..]).Chunk(DutyTables.BatchSize))
        {
            seen.UnionWith(await db.SeenComponents(reach, now)
                .Where(one => EF.Parameter(batch).Contains(one.Id))
                .Select(one => "components/" + one.Id)
                .ToListAsync(ct));
        }
        return losses.FindAll(loss => seen.Contains(loss.Component.Name));
    }

    private static ExitLoss ToProto(Loss loss) => new()
    {
        Component = loss.Component.Name,
        Tier = loss.Component.Tier,
        OrphanedAreas = { loss.Orphaned },
        FallenAreas = { loss.Fallen },
        Owner = loss.Fallen.Count > 0 ? loss.Component.Owner : "",
        UndoneAreas = { loss.Undone },
        Candidates = { loss.Successors.Select(one => new ExitCandidate { Party = one.Party, Duty = one.Duty, Areas = { one.Areas } }) },
    };

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
    private static async Task<List<AffectedComponent>> AffectedAsync(
        OwnershipDb db, IReadOnlyList<Dependent> dependents, Reach reach, Instant now, CancellationToken ct)
    {
        var tiers = new Dictionary<string, int>();
        foreach (var batch in dependents.Select(one => one.Component["components/".Length..]).Chunk(DutyTables.BatchSize))
        {
            var found = await db.SeenComponents(reach, now)
                .Where(one => EF.Parameter(batch).Contains(one.Id))
                .Select(one => new { one.Id, one.Tier })
                .ToListAsync(ct);
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
