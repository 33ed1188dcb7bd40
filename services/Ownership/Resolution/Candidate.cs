using Governance.BuildingBlocks.Names;
using Governance.Ownership.Schedules;
using NodaTime;
using Duties = Governance.Ownership.V1.Responsibility.Types.Duty;
using Proto = Governance.Ownership.V1;
using Reason = Governance.Ownership.V1.TrailEnd.Types.Reason;

namespace Governance.Ownership.Resolution;

/// <summary>A party that may have to answer at an instant: whether it can, and who of it.</summary>
internal sealed class Candidate
{
    private readonly Instant _at;

    public Candidate(PartyRecord record, string component, Duties duty, string assignment, Instant at)
    {
        (Record, Duty, Source, _at) = (record, duty, assignment, at);
        State = record.At(at);
        if (State is null) return;
        Contract = record.ContractAt(component, at);
        OnDuty = State.Roster.At(at);
    }

    public PartyRecord Record { get; }

    public Duties Duty { get; }

    /// <summary>`responsibilities/…`, or `components/…` or `systems/…` for an owner.</summary>
    public string Source { get; }

    /// <summary>Null: the party does not exist then.</summary>
    public PartyState? State { get; }

    /// <summary>Null: none is in force.</summary>
    public (string Name, Proto.Contract Terms)? Contract { get; }

    public Schedules.Duty? OnDuty { get; }

    /// <summary>What keeps it from answering.</summary>
    public Reason Unavailable => State is null ? Reason.PartyGone
        : State.Terms.Kind == Proto.Party.Types.Kind.Vendor && Contract is null && Record.Contracts.Count > 0 ? Reason.ContractNotInForce
        : !OnDuty!.IsOnDuty ? Reason.NobodyOnDuty
        : Reason.Unspecified;

    public bool CanAnswer => Unavailable == Reason.Unspecified;

    /// <summary>The deadlines that the contract owes.</summary>
    public (Instant? Response, Instant? Resolution) Deadlines(Proto.ServiceSeverity severity)
    {
        var level = Contract?.Terms.ServiceLevels.FirstOrDefault(one => one.Severity == severity);
        return level is null || severity == Proto.ServiceSeverity.Unspecified
            ? (null, null)
            : (Deadline(level.Response), Deadline(level.Resolution));
    }

    /// <param name="severity">For the deadlines.</param>
    /// <param name="isReached">Whether the caller may see its contacts and what it has agreed to.</param>
    public Proto.ResolvedParty ToProto(Proto.ServiceSeverity severity, bool isReached)
    {
        var message = new Proto.ResolvedParty { Party = Record.Name, Duty = Duty, Assignment = Source, Unavailable = Unavailable };
        if (State is null) return message;
        (message.DisplayName, message.Kind) = (State.Terms.DisplayName, State.Terms.Kind);
        (message.OnDuty, message.Person) = (OnDuty!.IsOnDuty, OnDuty.User);
        message.OnDutyUntil = Until()?.ToTimestamp();
        if (!OnDuty.IsOnDuty) message.NextOnDuty = NextOnDuty()?.ToTimestamp();
        (message.TimeZone, message.LocalTime) = (State.Zone.Id, State.Zone.Text(_at));
        if (!isReached) return message;
        var (response, resolution) = Deadlines(severity);
        (message.Contract, message.ResponseDeadline, message.ResolutionDeadline) =
            (Contract?.Name ?? "", response?.ToTimestamp(), resolution?.ToTimestamp());
        message.Contacts.Add(ContactsOf(State.Terms, OnDuty.User));
        return message;
    }

    /// <summary>The person's contacts, else those of the party as a whole, else all that it has.</summary>
    public static IEnumerable<Proto.Contact> ContactsOf(Proto.Party party, string person)
    {
        var own = party.Contacts.Where(one => person.Length > 0 && one.User == person).ToList();
        if (own.Count > 0) return own;
        var common = party.Contacts.Where(one => one.User.Length == 0).ToList();
        return common.Count > 0 ? common : party.Contacts;
    }

    /// <summary>The next instant at which the party itself is another: planned terms say who is on duty from then on.</summary>
    private Instant? NextState() => Record.Party!.Edges().Where(edge => edge > _at).Select(edge => (Instant?)edge).Min();

    private Instant? Until()
    {
        var (until, change) = (State!.Roster.Until(_at), NextState());
        if (change is not { } edge || until < edge) return until;
        return Record.At(edge) is { } then && then.Roster.At(edge).IsSameAs(OnDuty!)
            ? new Candidate(Record, "", Duty, Source, edge).Until()
            : edge;
    }

    private Instant? NextOnDuty()
    {
        var (next, change) = (State!.Roster.NextOnDuty(_at), NextState());
        if (change is not { } edge || next < edge) return next;
        if (Record.At(edge) is not { } then) return null;
        return then.Roster.At(edge).IsOnDuty ? edge : new Candidate(Record, "", Duty, Source, edge).NextOnDuty();
    }

    private Instant? Deadline(Proto.ServiceTarget? target)
    {
        if (target is null) return null;
        var clock = target.Clock == Proto.ServiceTarget.Types.Clock.SupportHours || target.BusinessDays > 0
            ? SlaClockKind.SupportHours
            : SlaClockKind.Always;
        if (target.BusinessDays > 0) return SlaClock.Deadline(clock, SlaTarget.OfDays(target.BusinessDays), State!.Hours, _at);
        return target.Duration is null ? null : SlaClock.Deadline(clock, SlaTarget.Of(target.Duration.ToDuration()), State!.Hours, _at);
    }
}
