using Governance.BuildingBlocks.Names;
using Governance.Patching.V1;
using Governance.Windows.V1;
using NodaTime;
using Feasibility = Governance.Patching.V1.Feasibility.Types.State;
using Occasion = Governance.Ownership.V1.NotificationRule.Types.Occasion;
using RemediationState = Governance.Patching.V1.Remediation.Types.State;
using ReviewState = Governance.Patching.V1.Retrospective.Types.State;

namespace Governance.Ownership.Notifications.Situations;

/// <summary>What a rollout's state means for those who run it.</summary>
internal static class RolloutSituations
{
    public static IEnumerable<SituationFacts> Of(Rollout rollout)
    {
        var title = Words.Named(rollout.DisplayName, rollout.Name);
        if (rollout.State == Rollout.Types.State.AwaitingApproval)
        {
            yield return About(rollout, Occasion.ApprovalWaiting, rollout.Digest, $"Approval waiting: {title}") with
            {
                Text = $"Requested by {rollout.Requester}; {rollout.Approvals.Count} of {rollout.ApprovalsNeeded} approvals given."
                    + (rollout.Due is null ? "" : $" What it remedies is due at {Words.At(rollout.Due.ToInstant())}."),
            };
        }

        if (rollout.Retrospective is { State: ReviewState.Missed, Due: { } due })
        {
            yield return About(rollout, Occasion.ReviewMissed, Words.Key(due.ToInstant()), $"Review missed: {title}") with
            {
                Due = due.ToInstant(),
                Text = $"The emergency was to be reviewed before {Words.At(due.ToInstant())}.",
            };
        }
    }

    private static SituationFacts About(Rollout rollout, Occasion occasion, string key, string title) => new()
    {
        Occasion = occasion,
        Subject = rollout.Name,
        Key = key,
        Components = [.. rollout.Stages.SelectMany(stage => stage.Components)],
        Environments = [.. rollout.Stages.Select(stage => stage.Environment)],
        Severity = rollout.Severity,
        Title = title,
    };
}

/// <summary>What a remediation's state means for its owner.</summary>
internal static class RemediationSituations
{
    public static IEnumerable<SituationFacts> Of(Remediation one)
    {
        var due = one.Due?.ToInstant();
        if (one.State is RemediationState.Open or RemediationState.Scheduled or RemediationState.InProgress && due is { } at)
        {
            if (one.Feasibility?.State == Feasibility.Infeasible) yield return Infeasible(one, at);
            yield return About(
                one, Occasion.DueSoon, at, $"Due soon: {What(one)}") with
            { Due = at, End = at, Text = $"Due at {Words.At(at)}." };
            if (at > one.Opened?.ToInstant())
            {
                yield return About(one, Occasion.ActionOverdue, at, $"Overdue: {What(one)}") with
                {
                    Due = at.PlusTicks(1),
                    Text = $"Was due at {Words.At(at)}.",
                };
            }
        }

        if (one.State == RemediationState.Excepted && one.ExceptedUntil?.ToInstant() is { } until) yield return Ending(one, until);
    }

    private static SituationFacts Infeasible(Remediation one, Instant due) =>
        About(one, Occasion.DeadlineInfeasible, due, $"No slot before it is due: {What(one)}") with
        {
            Due = null,
            Text = string.Join(' ', new[] { $"Due at {Words.At(due)}.", one.Feasibility.Detail }
                .Concat(one.Feasibility.Remedies.Take(3).Select(remedy => remedy.Detail))
                .Where(text => text.Length > 0)),
        };

    /// <summary>One for the exception, however many remediations it covers.</summary>
    private static SituationFacts Ending(Remediation one, Instant until) =>
        About(one, Occasion.ExceptionEnding, until, $"Exception ends soon: {one.Exception}") with
        {
            Subject = one.Exception.Length > 0 ? one.Exception : one.Name,
            Due = until,
            End = until,
            Text = $"It ends at {Words.At(until)}; what it covers is then to be done again, such as {What(one)}.",
        };

    private static SituationFacts About(Remediation one, Occasion occasion, Instant key, string title) => new()
    {
        Occasion = occasion,
        Subject = one.Name,
        Key = Words.Key(key),
        Components = [one.Component],
        Parties = one.Component.Length == 0 && one.Owner.Length > 0 ? [one.Owner] : [],
        Environments = [one.Environment],
        Severity = one.Severity,
        Title = title,
    };

    private static string What(Remediation one) =>
        $"{(one.Advisory.Length > 0 ? one.Advisory : one.Lifecycle)} on {one.Component} in {one.Environment}";
}

/// <summary>What an exception's state means for approvers; that it ends soon is told by its remediations.</summary>
internal static class ExceptionSituations
{
    public static IEnumerable<SituationFacts> Of(RemediationException one)
    {
        if (one.State != RemediationException.Types.State.Requested) yield break;
        yield return new SituationFacts
        {
            Occasion = Occasion.ApprovalWaiting,
            Subject = one.Name,
            Key = one.Digest,
            End = one.Expiry?.ToInstant(),
            Components = [.. one.Components],
            Severity = one.Risk.Level,
            Title = $"Approval waiting: {one.Name}",
            Text = $"Requested by {one.Requester}, for {one.Remediations.Count} remediations until {Words.At(one.Expiry!.ToInstant())}: "
                + $"{one.Reason}",
        };
    }
}

/// <summary>What a feed's state means.</summary>
internal static class FeedSituations
{
    public static IEnumerable<SituationFacts> Of(Feed feed)
    {
        if (!feed.Enabled || !feed.Stale) yield break;
        var last = feed.LastSuccess?.ToInstant();
        yield return new SituationFacts
        {
            Occasion = Occasion.FeedStale,
            Subject = feed.Name,
            Key = last is { } at ? Words.Key(at) : "never",
            Title = $"Feed stale: {Words.Named(feed.DisplayName, feed.Name)}",
            Text = (last is { } success ? $"It last succeeded at {Words.At(success)}." : "It has never succeeded.")
                + (feed.LastRun?.Error is { Length: > 0 } error ? $" {error}" : ""),
        };
    }
}

/// <summary>What a booking's state means for those who wait for it.</summary>
internal static class BookingSituations
{
    public static IEnumerable<SituationFacts> Of(Booking booking)
    {
        if (booking.State is not (Booking.Types.State.Confirmed or Booking.Types.State.Unscheduled) || booking.Moves.Count == 0)
        {
            yield break;
        }
        var move = booking.Moves[^1];
        var title = Words.Named(booking.DisplayName, booking.Name);
        yield return new SituationFacts
        {
            Occasion = Occasion.BookingMoved,
            Subject = booking.Name,
            Key = $"{Words.Key(move.At.ToInstant())}-{(move.To is null ? "" : Words.Key(move.To.ToInstant()))}",
            Components = [.. booking.Components],
            Parties = booking.Implementer.StartsWith("parties/", StringComparison.Ordinal) ? [booking.Implementer] : [],
            Environments = [booking.Environment],
            Severity = booking.Severity,
            Title = move.To is null ? $"Booking lost its slot: {title}" : $"Booking moved: {title}",
            Text = string.Join(' ', new[] { Times(move), move.Reason }
                .Concat(booking.Remedies.Take(3).Select(remedy => remedy.Detail))
                .Where(text => text.Length > 0)),
        };
    }

    private static string Times(BookingMove move)
    {
        var from = move.From is null ? "" : $" from {Words.At(move.From.ToInstant())}";
        return move.To is null
            ? $"It is not scheduled any more{(from.Length == 0 ? "" : ", after a slot" + from)}."
            : $"Moved{from} to {Words.At(move.To.ToInstant())}.";
    }
}

/// <summary>What an override's state means for approvers.</summary>
internal static class OverrideSituations
{
    public static IEnumerable<SituationFacts> Of(Override one)
    {
        if (one.State != Override.Types.State.Pending) yield break;
        yield return new SituationFacts
        {
            Occasion = Occasion.ApprovalWaiting,
            Subject = one.Name,
            Key = one.Digest,
            End = one.ExpireTime?.ToInstant(),
            Components = [.. one.Components],
            Environments = [.. one.Environments],
            Title = $"Approval waiting: {one.Name}",
            Text = $"Requested by {one.Requester}: {one.Reason}",
        };
    }
}
