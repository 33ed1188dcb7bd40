using Governance.BuildingBlocks.Eventing;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Writing;
using Governance.MaintenanceWindows.Persistence;
using Governance.MaintenanceWindows.Planning;
using Governance.Windows.V1;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Governance.MaintenanceWindows.Demands;

/// <summary>Answers demands in the commit that takes them in; the worker answers again when the calendar changes the answer.</summary>
internal sealed class SlotSupplies(Calendar calendar) : ICopyReaction<WindowsDb, SlotDemandCopy>
{
    public async Task ChangedAsync(WriteUnit<WindowsDb> unit, SlotDemandCopy copy, CancellationToken ct)
    {
        if (copy.IsDeleted)
        {
            unit.Raise(
            copy.SupplyName,
            new SlotSupplyChanged { Supply = new SlotSupply { Name = copy.SupplyName, Demand = copy.Name } },
            "DELETED",
            deleted: true);
        }
        else
        {
            Answer(unit, copy, await calendar.InAsync(unit, ct));
        }
    }

    /// <summary>Publishes the answer if it is another than before.</summary>
    public static void Answer(WriteUnit<WindowsDb> unit, SlotDemandCopy copy, CalendarSnapshot calendar)
    {
        var (supply, offered) = Find(calendar, copy, unit.Now);
        if (copy.Answer(supply, offered, unit.Sequence)) unit.Raise(copy.SupplyName, new SlotSupplyChanged { Supply = supply });
    }

    /// <summary>What the calendar offers now, and when the offered slot begins.</summary>
    public static (SlotSupply Supply, Instant? Offered) Find(CalendarSnapshot calendar, SlotDemandCopy copy, Instant now)
    {
        var supply = new SlotSupply { Name = copy.SupplyName, Demand = copy.Name, DemandVersion = copy.Version };
        var atAll = now.Later(Verdicts.Horizon);
        var due = copy.EarliestDue is { } earliest && earliest < atAll ? earliest : atAll;
        var answer = SlotFinder.Find(calendar, new(copy.Demand, now, due, now) { MaxSlots = 1 });
        var first = answer.Slots.Count > 0 ? answer.Slots[0] : null;
        var later = first ?? SlotFinder.Find(calendar, new(copy.Demand, now, atAll, now) { MaxSlots = 1 }).Slots.FirstOrDefault();
        supply.FirstSlot = first is null ? null : Told(first, now);
        supply.FirstSlotAtAll = later is null ? null : Told(later, now);
        if (first is not null) return (supply, Next(first, now));
        supply.BindingConstraint = answer.Binding;
        supply.Detail = answer.NearMisses.Count > 0 ? answer.NearMisses[^1].Detail : "";
        supply.Remedies.Add(answer.Remedies.Select(remedy => Steady(remedy, now)));
        return (supply, later is null ? null : Next(later, now));
    }

    /// <summary>A slot that is open now is told by the hour, so that the passing of time alone is no news.</summary>
    private static Google.Protobuf.WellKnownTypes.Timestamp Told(FoundSlot slot, Instant now) =>
        (slot.Start > now ? slot.Start : Hour(now)).ToTimestamp();

    private static Common.V1.Remedy Steady(Common.V1.Remedy remedy, Instant now)
    {
        if (remedy.FirstSlotTime is { } first && first.ToInstant() <= now) remedy.FirstSlotTime = Hour(now).ToTimestamp();
        return remedy;
    }

    private static Instant Next(FoundSlot slot, Instant now) => slot.Start > now ? slot.Start : Hour(now) + Duration.FromHours(1);

    private static Instant Hour(Instant now) => Instant.FromUnixTimeSeconds(now.ToUnixTimeSeconds() / 3600 * 3600);
}

/// <summary>Supplies are no aggregates; a republish reads them from their demands.</summary>
internal sealed class SupplySource : IRepublishSource<WindowsDb>
{
    public string Name => "SlotSupplies";

    public Task<long> CountAsync(WindowsDb db, CancellationToken ct) => db.SlotDemands.LongCountAsync(demand => demand.Supply != null, ct);

    public async Task<IReadOnlyList<Republished>> ReadAsync(WindowsDb db, string cursor, int most, CancellationToken ct)
    {
        var demands = await db.SlotDemands.AsNoTracking()
            .Where(demand => string.Compare(demand.Name, cursor) > 0)
            .OrderBy(demand => demand.Name)
            .Take(most)
            .ToListAsync(ct);
        return [.. demands.Select(demand => new Republished(
            demand.Name,
            demand.SupplyName,
            demand.Supply is null ? null : new SlotSupplyChanged { Supply = SlotSupply.Parser.ParseFrom(demand.Supply) },
            demand.SupplyVersion))];
    }
}
