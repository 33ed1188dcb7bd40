using Governance.MaintenanceWindows.Fields;
using Governance.MaintenanceWindows.Recurrence;
using NodaTime;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Windows;

/// <summary>Windows as messages.</summary>
internal static class WindowMapping
{
    /// <summary>The window and its state at an instant: a pause ends by the clock.</summary>
    public static Proto.Window ToProto(this Window window, Instant now)
    {
        var message = Describe(window.Terms);
        message.Name = window.Name;
        message.State = window.StateAt(now);
        message.PausedUntil = window.IsPausedAt(now) ? window.PausedUntil?.ToMessage() : null;
        message.Reason = window.Reason;
        message.Etag = window.Etag;
        message.CreateTime = window.CreateTime.ToMessage();
        message.UpdateTime = window.UpdateTime.ToMessage();
        return message;
    }

    public static Proto.GapPolicy ToProto(this GapPolicy policy) => policy switch
    {
        GapPolicy.Shift => Proto.GapPolicy.Shift,
        GapPolicy.Skip => Proto.GapPolicy.Skip,
        _ => throw new InvalidOperationException($"No such policy: {policy}."),
    };

    public static Proto.OverlapPolicy ToProto(this OverlapPolicy policy) => policy switch
    {
        OverlapPolicy.First => Proto.OverlapPolicy.First,
        OverlapPolicy.Second => Proto.OverlapPolicy.Second,
        _ => throw new InvalidOperationException($"No such policy: {policy}."),
    };

    public static Proto.DurationPolicy ToProto(this DurationPolicy policy) => policy switch
    {
        DurationPolicy.Exact => Proto.DurationPolicy.Exact,
        DurationPolicy.WallClock => Proto.DurationPolicy.WallClock,
        _ => throw new InvalidOperationException($"No such policy: {policy}."),
    };

    private static Proto.Window Describe(WindowTerms terms)
    {
        var message = new Proto.Window
        {
            DisplayName = terms.DisplayName,
            Owner = terms.Owner,
            TimeZone = terms.TimeZone,
            Start = terms.Start,
            Duration = terms.Duration.ToMessage(),
            DurationPolicy = terms.DurationPolicy.ToProto(),
            Recurrence = terms.Recurrence,
            Rdates = { terms.Rdates },
            Exdates = { terms.Exdates },
            GapPolicy = terms.GapPolicy.ToProto(),
            OverlapPolicy = terms.OverlapPolicy.ToProto(),
            Scope = terms.Scope.Clone(),
            AllowedKinds = { terms.AllowedKinds },
            Cutoff = terms.Cutoff == Duration.Zero ? null : terms.Cutoff.ToMessage(),
            NoticePeriod = terms.NoticePeriod == Duration.Zero ? null : terms.NoticePeriod.ToMessage(),
            EffectiveFrom = terms.EffectiveFrom is { } from ? Civil.Format(from) : "",
            EffectiveUntil = terms.EffectiveUntil is { } until ? Civil.Format(until) : "",
            Displacement = terms.UnschedulesDisplaced
                ? Proto.Window.Types.Displacement.Unschedule
                : Proto.Window.Types.Displacement.Move,
        };
        if (terms.Capacity is { } capacity) message.Capacity = capacity;
        return message;
    }
}
