using System.Collections.Immutable;
using Google.Protobuf;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Persistence;
using Governance.MaintenanceWindows.Fields;
using NodaTime;
using Proto = Governance.Windows.V1;
using Step = Governance.Windows.V1.ProviderMaintenance.Types.Step;
using StepKind = Governance.Windows.V1.ProviderMaintenance.Types.Step.Types.Kind;

namespace Governance.MaintenanceWindows.ProviderMaintenances;

/// <summary>A vendor's own maintenance, which we are told of and cannot decide.</summary>
internal sealed class ProviderMaintenance : Aggregate, ICalendarPart
{
    private const int MostSteps = 500;

    private ProviderMaintenance()
    {
    }

    public override string Name => $"providerMaintenances/{Id}";

    /// <summary><c>parties/…</c>; stays.</summary>
    public string Party { get; private set; } = "";

    public MaintenanceTerms Terms { get; private set; } = null!;

    /// <summary>When the vendor first announced it.</summary>
    public Instant AnnounceTime { get; private set; }

    /// <summary>What happened to it, oldest first.</summary>
    public ImmutableArray<Step> History { get; private set; } = [];

    /// <summary>What the vendor calls it; empty when it has no name there.</summary>
    public string SourceUid { get; private set; } = "";

    /// <summary>Which of the vendor's series it is; empty: of none.</summary>
    public string RecurrenceId { get; private set; } = "";

    public long SourceSequence { get; private set; }

    public Instant? SourceUpdateTime { get; private set; }

    public Instant? CancelTime { get; private set; }

    /// <summary>When it ended as the vendor says; null: when its time is over.</summary>
    public Instant? EndedTime { get; private set; }

    /// <summary>Why it was cancelled.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>When it restricts something; null: never.</summary>
    public (Instant Start, Instant End)? Held =>
        IsDeleted || CancelTime is not null || EndedTime <= Terms.Start ? null
        : (Terms.Start, EndedTime is { } ended ? Instant.Min(ended, Terms.End) : Terms.End);

    public static ProviderMaintenance Announce(
        string id, string party, MaintenanceTerms terms, Source source, Instant announced, Instant now)
    {
        var maintenance = new ProviderMaintenance { Id = id, Party = party, Terms = terms, AnnounceTime = announced };
        maintenance.Tell(source);
        maintenance.Note(StepKind.Announced, announced);
        maintenance.Changed("CREATED", now);
        return maintenance;
    }

    public Proto.ProviderMaintenance.Types.State StateAt(Instant now) =>
        CancelTime is not null ? Proto.ProviderMaintenance.Types.State.Cancelled
        : EndedTime is not null || now >= Terms.End ? Proto.ProviderMaintenance.Types.State.Ended
        : History.Any(step => step.Kind == StepKind.Moved) ? Proto.ProviderMaintenance.Types.State.Moved
        : Proto.ProviderMaintenance.Types.State.Announced;

    /// <summary>Other terms; another time makes it moved.</summary>
    public void Revise(MaintenanceTerms terms, Instant now)
    {
        DemandStands();
        Become(terms, now);
    }

    /// <summary>It does not take place.</summary>
    public void Cancel(string reason, Instant now)
    {
        DemandStands();
        (CancelTime, Reason) = (now, reason);
        Note(StepKind.Cancelled, now);
        Changed("CANCELLED", now);
    }

    /// <summary>It stays readable and restricts nothing.</summary>
    public void Withdraw(string reason, Instant now)
    {
        DemandNotDeleted();
        if (reason.Length > 0) Reason = reason;
        MarkDeleted(reason, now);
    }

    /// <summary>Follows what the vendor says now, whatever it said before.</summary>
    public void Follow(MaintenanceTerms terms, Source source, VendorWord word, Instant now)
    {
        Tell(source);
        if (word is { IsCancelled: true } && CancelTime is null)
        {
            Terms = terms;
            Cancel("", now);
            return;
        }

        if (!word.IsCancelled && CancelTime is not null)
        {
            (CancelTime, Reason) = (null, "");
            Note(StepKind.Restored, now, terms);
        }

        Become(terms, now);
        if (word.Ended == EndedTime) return;
        EndedTime = word.Ended;
        if (EndedTime is null) return;
        Note(StepKind.Ended, now);
        Changed("ENDED", now);
    }

    protected override IMessage ToEvent() => new Proto.ProviderMaintenanceChanged { ProviderMaintenance = this.ToProto(UpdateTime) };

    private void Become(MaintenanceTerms terms, Instant now)
    {
        var moves = (terms.Start, terms.End) != (Terms.Start, Terms.End);
        Terms = terms;
        if (moves)
        {
            EndedTime = null;
            Note(StepKind.Moved, now);
        }

        Changed(moves ? "MOVED" : "UPDATED", now);
    }

    private void Tell(Source source) =>
        (SourceUid, RecurrenceId, SourceSequence, SourceUpdateTime) = (source.Uid, source.RecurrenceId, source.Sequence, source.UpdateTime);

    /// <summary>A vendor's program that moves it every minute must not fill its event: then the oldest moves go.</summary>
    private void Note(StepKind kind, Instant at, MaintenanceTerms? terms = null)
    {
        var told = terms ?? Terms;
        var kept = History.Length < MostSteps ? History : History.RemoveAt(1);
        History = kept.Add(new Step { Kind = kind, Time = at.ToMessage(), Start = told.Start.ToMessage(), End = told.End.ToMessage() });
    }

    private void DemandStands()
    {
        DemandNotDeleted();
        if (CancelTime is not null)
        {
            throw new RuleViolation("PROVIDER_MAINTENANCE_CANCELLED", $"{Name} is cancelled.", ("providerMaintenance", Name));
        }
    }

    private void DemandNotDeleted()
    {
        if (IsDeleted)
        {
            throw new RuleViolation("PROVIDER_MAINTENANCE_DELETED", $"{Name} is deleted.", ("providerMaintenance", Name));
        }
    }
}

/// <summary>What is said of a maintenance: checked by itself, replaced as a whole.</summary>
internal sealed record MaintenanceTerms
{
    public string DisplayName { get; init; } = "";

    /// <summary><c>components/…</c>, at least one.</summary>
    public required ImmutableArray<string> Components { get; init; }

    /// <summary>Empty: all.</summary>
    public ImmutableArray<string> Environments { get; init; } = [];

    /// <summary>Inclusive.</summary>
    public required Instant Start { get; init; }

    /// <summary>Exclusive.</summary>
    public required Instant End { get; init; }

    /// <summary>Whether it only warns; else it denies.</summary>
    public bool Warns { get; init; }

    public string Impact { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>What the vendor calls the parts that are worked on.</summary>
    public ImmutableArray<string> SourceComponents { get; init; } = [];

    /// <summary>Whether both say the same; lists are compared by what is in them.</summary>
    public bool Says(MaintenanceTerms other) =>
        this with { Components = other.Components, Environments = other.Environments, SourceComponents = other.SourceComponents } == other
        && Components.SequenceEqual(other.Components)
        && Environments.SequenceEqual(other.Environments)
        && SourceComponents.SequenceEqual(other.SourceComponents);
}

/// <summary>Where the vendor says it.</summary>
/// <param name="Uid">What the vendor calls it.</param>
/// <param name="RecurrenceId">Which of a series; empty: of none.</param>
/// <param name="Sequence">The vendor's revision.</param>
/// <param name="UpdateTime">When the vendor last changed it; null when it does not say.</param>
internal sealed record Source(string Uid, string RecurrenceId = "", long Sequence = 0, Instant? UpdateTime = null);

/// <summary>What the vendor says of whether it takes place.</summary>
/// <param name="IsCancelled">It does not.</param>
/// <param name="Ended">When it ended; null: it did not yet, or by the clock.</param>
internal sealed record VendorWord(bool IsCancelled, Instant? Ended);
