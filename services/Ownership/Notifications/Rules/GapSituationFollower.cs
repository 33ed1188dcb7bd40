using Governance.BuildingBlocks.Writing;
using Governance.Common.V1;
using Governance.Ownership.Insights.Gaps;
using Governance.Ownership.Notifications.Situations;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;
using Occasion = Governance.Ownership.V1.NotificationRule.Types.Occasion;

namespace Governance.Ownership.Notifications.Rules;

/// <summary>What gaps mean for those who could close them. An import may open many thousands: none is kept that no rule asks for.</summary>
internal sealed class GapSituationFollower : IFollow<OwnershipDb>
{
    public async Task FollowAsync(WriteUnit<OwnershipDb> unit, Changes changes, CancellationToken ct)
    {
        var gaps = changes.Of<Gap>();
        string[] closed =
            [.. gaps.Select(change => change.Now).OfType<Gap>().Where(gap => gap.CloseTime is not null).Select(gap => gap.Name)];
        if (closed.Length > 0) unit.Db.Situations.RemoveRange(await unit.LoadAsync<Situation>(row => closed.Contains(row.Source), ct));
        var opened = gaps.Where(change => change.Before is null)
            .Select(change => change.Now)
            .OfType<Gap>()
            .Where(gap => gap.CloseTime is null)
            .ToDictionary(gap => gap.Name);
        if (opened.Count == 0 || !await unit.Db.NotificationRules.AnyAsync(rule => rule.Occasion == Occasion.GapOpened && rule.Enabled, ct))
        {
            return;
        }
        string[] names = [.. opened.Keys];
        foreach (var row in await unit.LoadAsync<Situation>(row => names.Contains(row.Source), ct)) opened.Remove(row.Source);
        unit.Db.Situations.AddRange(opened.Values.Select(gap => Situation.Of(gap.Name, FactsOf(gap), unit.Now)));
    }

    private static SituationFacts FactsOf(Gap gap) => new()
    {
        Occasion = Occasion.GapOpened,
        Subject = gap.Name,
        Key = "opened",
        Components = [gap.Component],
        Parties = gap.Component.Length == 0 ? [gap.Party] : [],
        Severity = (Severity)(int)gap.Severity,
        Title = $"Gap: {gap.Kind}",
        Text = gap.Detail,
    };
}
