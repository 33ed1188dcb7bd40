using System.Collections.Immutable;
using Google.Protobuf;
using Governance.BuildingBlocks.Audit;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Security;
using Governance.Common.V1;
using Governance.MaintenanceWindows.Planning;
using Governance.Windows.V1;
using NodaTime;
using BookingState = Governance.Windows.V1.Booking.Types.State;

namespace Governance.MaintenanceWindows.Bookings;

/// <summary>A change with its time: one line of the change schedule.</summary>
internal sealed class Booking : Aggregate, IApprovable
{
    private const int MovesKept = 100;
    private const int ReasonsKept = 20;

    private Booking()
    {
    }

    public override string Name => $"bookings/{Id}";

    public BookingTerms Terms { get; private set; } = null!;

    public BookingState Status { get; private set; }

    /// <summary>The person who asked, <c>users/…</c>.</summary>
    public string Requester { get; private set; } = "";

    public ImmutableArray<Approval> Approvals { get; private set; } = [];

    /// <summary>The occurrences that it takes a place in.</summary>
    public ImmutableArray<PlaceInWindow> Places { get; private set; } = [];

    /// <summary>When the first of them ends.</summary>
    public Instant? OccurrenceEnd { get; private set; }

    public Instant? PlannedStart { get; private set; }

    public Instant? ActualStart { get; private set; }

    public Instant? ActualEnd { get; private set; }

    /// <summary>What lists are sorted by: the planned start; the end of time when there is none.</summary>
    public Instant SortTime { get; private set; } = TimeArithmetic.Latest;

    /// <summary>The actual end, else the planned one; null when there is none.</summary>
    public Instant? EndTime { get; private set; }

    public bool Overran { get; private set; }

    public ChangeOutcome Outcome { get; private set; }

    /// <summary>Why it is in this state.</summary>
    public string Reason { get; private set; } = "";

    public ImmutableArray<Reason> Reasons { get; private set; } = [];

    public ImmutableArray<Remedy> Remedies { get; private set; } = [];

    public ImmutableArray<BookingMove> Moves { get; private set; } = [];

    /// <summary>The override that lets it pass a freeze, or empty.</summary>
    public string Override { get; private set; } = "";

    /// <summary>Recorded and not booked.</summary>
    public bool Recorded { get; private set; }

    /// <summary>The request that it answers, <c>bookingRequests/…</c>, or empty.</summary>
    public string BookingRequest { get; private set; } = "";

    public int Attempt { get; private set; }

    /// <summary>The last version of the request that was followed.</summary>
    public long RequestEpoch { get; private set; }

    public long RequestVersion { get; private set; }

    /// <summary>Its components once more, for the database to search by.</summary>
    public List<BookingComponent> ComponentRows { get; private set; } = [];

    /// <summary>The first window, <c>windows/…</c>, or empty; for the database to search by.</summary>
    public string Window { get; private set; } = "";

    public Instant? PlannedEnd => PlannedStart + Terms.Duration;

    /// <summary>What an approval binds to: the change itself, not its time.</summary>
    public string Digest => Digests.Of(this.Describe());

    public static Booking Ask(string id, BookingTerms terms, string requester)
    {
        var booking = new Booking { Id = id, Requester = requester };
        booking.Take(terms);
        return booking;
    }

    /// <summary>A change that was not booked.</summary>
    public static Booking Record(string id, BookingTerms terms, string requester, Instant start, ChangeOutcome outcome, Instant now)
    {
        var booking = Ask(id, terms, requester);
        (booking.Recorded, booking.Status, booking.Outcome) = (true, BookingState.Completed, outcome);
        (booking.PlannedStart, booking.ActualStart, booking.ActualEnd) = (start, start, start + terms.Duration);
        booking.Timed("RECORDED", now);
        return booking;
    }

    /// <summary>Says which request it answers.</summary>
    public void Answer(string request, int attempt, EventVersionOf version) =>
        (BookingRequest, Attempt, RequestEpoch, RequestVersion) = (request, attempt, version.Epoch, version.Version);

    /// <summary>Takes over a new wish; an edit of the change itself voids the approvals that were given here.</summary>
    public void Take(BookingTerms terms)
    {
        var before = Terms is null ? "" : Digest;
        Terms = terms;
        if (before.Length > 0 && before != Digest) Approvals = Approvals.RemoveAll(approval => approval.Source == "governance");
        ComponentRows.RemoveAll(row => !terms.Components.Contains(row.Component));
        foreach (var added in terms.Components.Except(ComponentRows.Select(row => row.Component)).ToList())
        {
            ComponentRows.Add(new BookingComponent { BookingId = Id, Component = added });
        }
    }

    public void Approve(Approval approval, Instant now)
    {
        Demand("approve", BookingState.Confirmed, BookingState.Unscheduled, BookingState.Refused);
        approval.Digest = Digest;
        Approvals = Approvals.Add(approval);
        Changed("APPROVED", now);
    }

    /// <summary>Approvals brought in with the ticket or by the rollout; those that were given here stay.</summary>
    public void BringIn(IEnumerable<Approval> approvals) =>
        Approvals =
        [
            .. approvals.Where(approval => approval.Source != "governance" || BookingRequest.Length > 0),
            .. Approvals.Where(given => given.Source == "governance" && BookingRequest.Length == 0),
        ];

    /// <summary>Gives it its slot.</summary>
    public void Confirm(FoundSlot slot, Instant now, string reason = "")
    {
        var stays = Status == BookingState.Confirmed && PlannedStart == slot.Start;
        if (!stays && Status == BookingState.Confirmed && PlannedStart is { } from) Moved(from, slot.Start, reason, now);
        var verb = stays ? "UPDATED" : Status == BookingState.Confirmed ? "MOVED" : "CONFIRMED";

        // A newer wish that leaves it where it is does not take back why it is there.
        if (!stays || reason.Length > 0) (Reason, Reasons) = (reason, []);
        (Status, Remedies) = (BookingState.Confirmed, []);
        Place(slot);
        Timed(verb, now);
    }

    /// <summary>Moves it, and says which rules made it move.</summary>
    public void Move(FoundSlot slot, IReadOnlyList<Reason> reasons, Instant now)
    {
        Confirm(slot, now, Words(reasons));
        Reasons = [.. reasons.Take(ReasonsKept)];
    }

    /// <summary>Says that there is no slot.</summary>
    public void Refuse(IReadOnlyList<Reason> reasons, IReadOnlyList<Remedy> remedies, Instant now)
    {
        Lose(reasons, remedies);
        Status = BookingState.Refused;
        Timed("REFUSED", now);
    }

    /// <summary>Takes its slot away.</summary>
    public void Unschedule(IReadOnlyList<Reason> reasons, IReadOnlyList<Remedy> remedies, Instant now)
    {
        if (PlannedStart is { } from) Moved(from, null, Words(reasons), now);
        Lose(reasons, remedies);
        Status = BookingState.Unscheduled;
        Timed("UNSCHEDULED", now);
    }

    /// <summary>Refuses unless it has a slot and has not begun.</summary>
    public void DemandStartable() => Demand("start", BookingState.Confirmed);

    /// <summary>Starts it, in the occurrences that are open now.</summary>
    public void Start(ImmutableArray<PlaceInWindow> places, Instant? occurrenceEnd, Instant now)
    {
        Demand("start", BookingState.Confirmed);
        (Status, ActualStart, Reason, Reasons) = (BookingState.Started, now, "", []);
        (Places, OccurrenceEnd, Window) = (places, occurrenceEnd, places.IsEmpty ? "" : places[0].Window);
        Timed("STARTED", now);
    }

    /// <summary>It stays as it is; the requester learns why.</summary>
    public void Decline(string verb, IReadOnlyList<Reason> reasons, Instant now)
    {
        (Reason, Reasons) = (Words(reasons), [.. reasons.Take(ReasonsKept)]);
        Changed(verb, now);
    }

    public void Complete(ChangeOutcome outcome, Instant end, string reason, Instant now)
    {
        Demand("complete", BookingState.Started);
        (Status, Outcome, ActualEnd, Reason) = (BookingState.Completed, outcome, end, reason);
        Overran = end > OccurrenceEnd;
        Timed("COMPLETED", now);
    }

    /// <summary>It was undone after it had ended.</summary>
    public void Undo(string reason, Instant now)
    {
        Demand("undo", BookingState.Completed);
        (Outcome, Reason) = (ChangeOutcome.BackedOut, reason);
        Changed("BACKED_OUT", now);
    }

    public void Cancel(string reason, Instant now)
    {
        if (Status != default) Demand("cancel", BookingState.Confirmed, BookingState.Refused, BookingState.Unscheduled);
        (Status, Reason, Reasons, Remedies) = (BookingState.Cancelled, reason, [], []);
        Timed("CANCELLED", now);
    }

    /// <summary>Follows a newer wish that changes nothing about its time.</summary>
    public void Follow(Instant now) => Changed("UPDATED", now);

    public ApprovalRecord ToApprovalRecord() => new()
    {
        Resource = Name,
        Requester = Requester,
        Implementer = Terms.Implementer,
        Approvals = { Approvals },
    };

    protected override IMessage ToEvent() => new BookingChanged { Booking = this.ToProto() };

    private void Place(FoundSlot slot)
    {
        (PlannedStart, Places, OccurrenceEnd) = (slot.Start, slot.Places, slot.OccurrenceEnd);
        Window = slot.Places.IsEmpty ? "" : slot.Places[0].Window;
        Override = slot.Notes.FirstOrDefault(note => note.Rule == "FREEZE_OVERRIDDEN")?.Resource ?? "";
    }

    private void Lose(IReadOnlyList<Reason> reasons, IReadOnlyList<Remedy> remedies)
    {
        (PlannedStart, Places, OccurrenceEnd, Window, Override) = (null, [], null, "", "");
        (Reason, Reasons, Remedies) = (Words(reasons), [.. reasons.Take(ReasonsKept)], [.. remedies]);
    }

    private void Moved(Instant from, Instant? to, string reason, Instant now)
    {
        var move = new BookingMove { At = LocalTimes.Stamp(now), From = LocalTimes.Stamp(from), Reason = reason };
        if (to is { } there) move.To = LocalTimes.Stamp(there);
        Moves = [.. Moves.TakeLast(MovesKept - 1), move];
    }

    private void Timed(string verb, Instant now)
    {
        SortTime = PlannedStart ?? TimeArithmetic.Latest;
        EndTime = ActualEnd ?? PlannedEnd;
        Changed(verb, now);
    }

    private void Demand(string verb, params BookingState[] states)
    {
        if (states.Contains(Status)) return;
        var state = Status.ToString().ToUpperInvariant();
        throw new RuleViolation(
            $"BOOKING_{state}", $"{Name} is {state}: it is too late, or too early, to {verb} it.", ("booking", Name), ("state", state));
    }

    private static string Words(IReadOnlyList<Reason> reasons) => reasons.Count == 0 ? "" : reasons[0].Detail;
}

/// <summary>One of a booking's components.</summary>
internal sealed class BookingComponent
{
    public required string BookingId { get; set; }

    public required string Component { get; set; }
}

/// <summary>The version of the request that a booking follows.</summary>
internal readonly record struct EventVersionOf(long Epoch, long Version);
