using Google.Protobuf;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Persistence;
using NodaTime;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Windows;

/// <summary>A recurring or single time in which changes may start.</summary>
internal sealed class Window : Aggregate, ICalendarPart
{
    private Window()
    {
    }

    public override string Name => $"windows/{Id}";

    public WindowTerms Terms { get; private set; } = null!;

    /// <summary>Why it was paused or last changed.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Not held from then on; null when it is not paused.</summary>
    public Instant? PausedFrom { get; private set; }

    /// <summary>When it resumes by itself; null while paused: when told.</summary>
    public Instant? PausedUntil { get; private set; }

    public static Window Create(string id, WindowTerms terms, string reason, Instant now)
    {
        var window = new Window { Id = id, Terms = terms, Reason = reason };
        window.Changed("CREATED", now);
        return window;
    }

    public bool IsPausedAt(Instant instant) => instant >= PausedFrom && !(instant >= PausedUntil);

    public Proto.Window.Types.State StateAt(Instant now) =>
        IsDeleted ? Proto.Window.Types.State.Retired
        : IsPausedAt(now) ? Proto.Window.Types.State.Paused
        : Proto.Window.Types.State.Active;

    public void Revise(WindowTerms terms, string reason, Instant now)
    {
        DemandNotRetired();
        Terms = terms;
        Reason = reason;
        Changed("UPDATED", now);
    }

    /// <summary>Not held from now until the instant, or until it is resumed. Pausing again replaces the end.</summary>
    public void Pause(Instant? until, string reason, Instant now)
    {
        DemandNotRetired();
        if (!IsPausedAt(now)) PausedFrom = now;
        PausedUntil = until;
        Reason = reason;
        Changed("PAUSED", now);
    }

    public void Resume(Instant now)
    {
        DemandNotRetired();
        if (!IsPausedAt(now))
        {
            throw new RuleViolation("WINDOW_NOT_PAUSED", $"{Name} is not paused.", ("window", Name));
        }
        (PausedFrom, PausedUntil, Reason) = (null, null, "");
        Changed("RESUMED", now);
    }

    /// <summary>It stays readable and is never held again.</summary>
    public void Retire(string reason, Instant now)
    {
        DemandNotRetired();
        if (reason.Length > 0) Reason = reason;
        MarkDeleted(reason, now);
    }

    protected override IMessage ToEvent() => new Proto.WindowChanged { Window = this.ToProto(UpdateTime) };

    private void DemandNotRetired()
    {
        if (IsDeleted)
        {
            throw new RuleViolation("WINDOW_RETIRED", $"{Name} is retired; create another window instead.", ("window", Name));
        }
    }
}
