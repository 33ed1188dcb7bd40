using System.Collections.Frozen;
using NodaTime;
using Occasion = Governance.Ownership.V1.NotificationRule.Types.Occasion;

namespace Governance.Ownership.Notifications.Rules;

/// <summary>What differs from occasion to occasion.</summary>
internal static class Occasions
{
    private static readonly FrozenDictionary<Occasion, Duration> LeadTimes = new Dictionary<Occasion, Duration>
    {
        [Occasion.DueSoon] = Duration.FromHours(24),
        [Occasion.ExceptionEnding] = Duration.FromDays(7),
        [Occasion.ContractNoticeNear] = Duration.FromDays(30),
    }.ToFrozenDictionary();

    /// <summary>Whether it is told some time before it comes about.</summary>
    public static bool HasLeadTime(Occasion occasion) => LeadTimes.ContainsKey(occasion);

    /// <summary>How long before when the rule does not say; zero for those that are told when they come about.</summary>
    public static Duration LeadTime(Occasion occasion) => LeadTimes.GetValueOrDefault(occasion);

    /// <summary>Whether it happens at a moment and then simply is so: a rule that comes later does not tell of it.</summary>
    public static bool IsMomentary(Occasion occasion) => occasion is Occasion.BookingMoved or Occasion.GapOpened;

    /// <summary>As webhooks call it: `approval.waiting`.</summary>
    public static string TypeOf(Occasion occasion) => occasion switch
    {
        Occasion.ApprovalWaiting => "approval.waiting",
        Occasion.DeadlineInfeasible => "deadline.infeasible",
        Occasion.DueSoon => "due.soon",
        Occasion.BookingMoved => "booking.moved",
        Occasion.FeedStale => "feed.stale",
        Occasion.ExceptionEnding => "exception.ending",
        Occasion.ContractNoticeNear => "contract.notice_near",
        Occasion.ActionOverdue => "action.overdue",
        Occasion.GapOpened => "gap.opened",
        Occasion.ReviewMissed => "review.missed",
        _ => "unknown",
    };
}
