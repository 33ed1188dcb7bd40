using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using NodaTime;
using NodaTime.Text;
using Contract = Governance.Ownership.Contracts.Contract;
using Occasion = Governance.Ownership.V1.NotificationRule.Types.Occasion;

namespace Governance.Ownership.Notifications.Situations;

/// <summary>What a contract's dates mean for its internal owner.</summary>
internal sealed class ContractSituationFollower : IFollow<OwnershipDb>
{
    public async Task FollowAsync(WriteUnit<OwnershipDb> unit, Changes changes, CancellationToken ct)
    {
        foreach (var contract in changes.Of<Contract>().Select(change => change.Now).OfType<Contract>())
        {
            await SituationKeeper.KeepAsync(unit, contract.Name, contract.IsDeleted ? [] : [.. Of(contract.Name, contract.Terms)], ct);
        }
    }

    private static IEnumerable<SituationFacts> Of(string name, V1.Contract terms)
    {
        var zone = Zones.Exists(terms.TimeZone) ? Zones.Get(terms.TimeZone) : DateTimeZone.Utc;
        if (Date(terms.NoticeDate) is { } notice)
        {
            yield return About(
                name,
                terms,
                Occasion.ContractNoticeNear,
                "",
                terms.NoticeDate,
                $"Notice date near: {Words.Named(terms.DisplayName, name)}") with
            {
                Due = zone.AtStartOfDay(notice).ToInstant(),
                End = zone.AtStartOfDay(notice.PlusDays(1)).ToInstant(),
                Text = $"{terms.NoticeDate} is the last day to give notice to {terms.Party}. "
                    + (terms.Renewal == V1.Contract.Types.Renewal.Automatic
                        ? "Without notice it goes on for another term."
                        : "Without renewal it ends.")
                    + (terms.EndDate.Length > 0 ? $" Its last day is {terms.EndDate}." : ""),
            };
        }

        foreach (var obligation in terms.Obligations)
        {
            if (Overdue(name, terms, zone, obligation) is { } overdue) yield return overdue;
        }
    }

    private static SituationFacts? Overdue(string name, V1.Contract terms, DateTimeZone zone, Obligation obligation)
    {
        if (obligation.Status is not (Obligation.Types.Status.Unspecified or Obligation.Types.Status.Open)) return null;
        var due = obligation.DueDate.Length == 0 && obligation.Phase == Obligation.Types.Phase.Exit ? terms.EndDate : obligation.DueDate;
        if (Date(due) is not { } day) return null;
        return About(
            name,
            terms,
            Occasion.ActionOverdue,
            obligation.Id,
            $"{obligation.Id}-{due}",
            $"Overdue: {What(obligation)} by {terms.Party}") with
        {
            Due = zone.AtStartOfDay(day.PlusDays(1)).ToInstant(),
            Text = $"An obligation of {Words.Named(terms.DisplayName, name)} that was due on {due} is not done.",
        };
    }

    private static string What(Obligation obligation) =>
        obligation.What.Length > 0 ? obligation.What : obligation.Kind.ToString();

    private static SituationFacts About(string name, V1.Contract terms, Occasion occasion, string aspect, string key, string title) => new()
    {
        Occasion = occasion,
        Aspect = aspect,
        Subject = name,
        Key = key,
        Components = [.. terms.Components],
        Parties = [terms.InternalOwner],
        Title = title,
    };

    private static LocalDate? Date(string text) => LocalDatePattern.Iso.Parse(text) is { Success: true } date ? date.Value : null;
}
