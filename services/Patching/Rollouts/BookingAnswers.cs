using Google.Protobuf;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Eventing;
using Governance.BuildingBlocks.Writing;
using Governance.Common.V1;
using Governance.Patching.Persistence;
using Governance.Windows.V1;
using Microsoft.EntityFrameworkCore;
using State = Governance.Windows.V1.Booking.Types.State;

namespace Governance.Patching.Rollouts;

/// <summary>Hears what became of a stage's booking. Only answers to the last wish count.</summary>
internal sealed class BookingAnswers : IEventHandler<PatchingDb, BookingChanged>
{
    private const string Prefix = "bookingRequests/";

    public async Task HandleAsync(WriteUnit<PatchingDb> unit, Delivery<BookingChanged> delivery, CancellationToken ct)
    {
        var booking = delivery.Event.Booking;
        if (delivery.Meta.Deleted || booking is null || !booking.BookingRequest.StartsWith(Prefix, StringComparison.Ordinal)) return;
        var requestId = booking.BookingRequest[Prefix.Length..];
        var request = await unit.Db.BookingRequests.AsNoTracking().SingleOrDefaultAsync(one => one.Id == requestId, ct);
        if (request is null) return;
        var stored = await unit.Db.Rollouts.AsTracking().SingleAsync(one => one.Id == request.RolloutId, ct);
        var stage = stored.Current.Stage(request.StageId);
        if (booking.Attempt != stage.Booking.RequestedAttempt || !IsNews(stored, request.StageId, booking, delivery)) return;
        var answer = new StageAnswer(booking.Name, delivery.Meta.Epoch, delivery.Meta.Version, booking.ToByteArray());
        stored.Hear(request.StageId, answer, unit.Now);
        stored.Step(
            Apply(stored.Current, stage, booking, unit.Now.ToDateTimeOffset()), booking.State.ToString().ToUpperInvariant(), unit.Now);
    }

    private static bool IsNews(StoredRollout stored, string stage, Booking booking, Delivery<BookingChanged> delivery) =>
        stored.Answers.GetValueOrDefault(stage) is not { } last || last.Name != booking.Name
        || delivery.Version.Supersedes(new EventVersion(last.Epoch, last.Version), republished: false);

    private static Rollout Apply(Rollout rollout, RolloutStage stage, Booking booking, DateTimeOffset now)
    {
        var (id, attempt, answer) = (stage.Plan.Id, booking.Attempt, AnswerOf(booking));
        var next = booking.State switch
        {
            State.Confirmed when stage.State == StageState.Starting =>
                rollout.Book(id, attempt, answer).RefuseStart(
                    id, answer.Reason.Length > 0 ? answer.Reason : "The calendar did not let it start."),
            State.Confirmed => rollout.Book(id, attempt, answer),
            State.Started => Start(rollout.Book(id, attempt, answer), stage, booking.ActualStart?.ToDateTimeOffset() ?? now),
            State.Completed when stage.State is StageState.InProgress =>
                rollout.Book(id, attempt, answer).End(id, OutcomeOf(booking.Outcome), booking.ActualEnd?.ToDateTimeOffset() ?? now),
            State.Refused or State.Unscheduled or State.Cancelled => rollout.Unschedule(id, attempt, answer),
            _ => rollout,
        };
        return ReferenceEquals(next, rollout) ? rollout.Show(id, attempt, answer) : next;
    }

    /// <summary>
    /// Where somebody started the booking itself, its start is asked for after the fact; out of turn it is only shown.
    /// </summary>
    private static Rollout Start(Rollout rollout, RolloutStage stage, DateTimeOffset at)
    {
        try
        {
            return stage.State switch
            {
                StageState.Starting => rollout.Start(stage.Plan.Id, at),
                StageState.Scheduled => rollout.RequestStart(stage.Plan.Id),
                _ => rollout,
            };
        }
        catch (RuleViolation)
        {
            return rollout;
        }
    }

    private static StageBooking AnswerOf(Booking booking) => new()
    {
        Name = booking.Name,
        State = booking.State.ToString().ToUpperInvariant(),
        PlannedStart = booking.PlannedStart?.ToDateTimeOffset(),
        PlannedEnd = booking.PlannedEnd?.ToDateTimeOffset(),
        Window = booking.Window,
        Reason = ReasonOf(booking),
    };

    /// <summary>In words, with the freezes and windows behind it.</summary>
    private static string ReasonOf(Booking booking)
    {
        var said = booking.Reason;
        foreach (var reason in booking.Reasons.Where(reason => reason.Effect != Reason.Types.Effect.Allow))
        {
            if (reason.Detail.Length > 0 && !said.Contains(reason.Detail, StringComparison.Ordinal))
            {
                said = $"{said} {reason.Detail}".Trim();
            }
            if (reason.Resource.Length > 0 && !said.Contains(reason.Resource, StringComparison.Ordinal))
            {
                said = $"{said} ({reason.Resource})".Trim();
            }
        }

        return said;
    }

    private static StageOutcome OutcomeOf(ChangeOutcome outcome) => outcome switch
    {
        ChangeOutcome.Unspecified or ChangeOutcome.Successful => StageOutcome.Successful,
        ChangeOutcome.SuccessfulWithIssues => StageOutcome.SuccessfulWithIssues,
        ChangeOutcome.Unsuccessful => StageOutcome.Unsuccessful,
        ChangeOutcome.BackedOut => StageOutcome.BackedOut,
        _ => throw new InvalidOperationException($"No such outcome: {outcome}."),
    };
}
