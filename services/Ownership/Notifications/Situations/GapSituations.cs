using Governance.Common.V1;
using Governance.Ownership.Persistence;
using NodaTime;
using Occasion = Governance.Ownership.V1.NotificationRule.Types.Occasion;

namespace Governance.Ownership.Notifications.Situations;

/// <summary>A gap in ownership that a write opens or closes.</summary>
/// <param name="Name">`ownershipGaps/…`; one that opens again has another name.</param>
/// <param name="IsOpen">False: it closes.</param>
/// <param name="Component">`components/…`; may be empty.</param>
/// <param name="Party">`parties/…`; may be empty.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Title">In a few words.</param>
/// <param name="Text">In words.</param>
internal sealed record GapSeen(string Name, bool IsOpen, string Component, string Party, Severity Severity, string Title, string Text);

/// <summary>What gaps mean for those who could close them. An import may open many thousands: none is kept that no rule asks for.</summary>
internal static class GapSituations
{
    /// <param name="db">The write's database.</param>
    /// <param name="gaps">Those that this write opens or closes.</param>
    /// <param name="now">The business clock's.</param>
    public static void Follow(OwnershipDb db, IReadOnlyList<GapSeen> gaps, Instant now)
    {
        var closed = gaps.Where(gap => !gap.IsOpen).Select(gap => gap.Name).ToArray();
        var known = closed.Length == 0 ? [] : db.Situations.Where(row => closed.Contains(row.Source)).Select(row => row.Source).ToList();
        foreach (var source in known) SituationBook.Replace(db, source, [], now);
        var opened = gaps.Where(gap => gap.IsOpen).ToList();
        if (opened.Count > 0 && db.NotificationRules.Any(rule => rule.Occasion == Occasion.GapOpened && rule.Enabled))
        {
            db.Situations.AddRange(opened.Select(gap => Situation.Of(gap.Name, FactsOf(gap), now)));
        }
    }

    private static SituationFacts FactsOf(GapSeen gap) => new()
    {
        Occasion = Occasion.GapOpened,
        Subject = gap.Name,
        Key = "opened",
        Components = [gap.Component],
        Parties = gap.Component.Length == 0 ? [gap.Party] : [],
        Severity = gap.Severity,
        Title = gap.Title,
        Text = gap.Text,
    };
}
