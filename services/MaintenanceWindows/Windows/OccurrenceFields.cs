using System.Globalization;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Paging;
using Governance.MaintenanceWindows.Persistence;
using Governance.MaintenanceWindows.Scopes;
using Governance.Windows.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Governance.MaintenanceWindows.Windows;

/// <summary>What a list of occurrences asks for.</summary>
internal static class OccurrenceFields
{
    private static readonly Duration Usual = Duration.FromDays(30);
    private static readonly Duration Longest = Duration.FromDays((5 * 365) + 2);

    /// <summary>The interval: 30 days from now when nothing is said, at most five years.</summary>
    public static Interval Span(ListOccurrencesRequest request, Instant now)
    {
        var faults = new FieldFaults();
        var from = faults.Moment(request.From, "from") ?? now;
        var until = faults.Moment(request.Until, "until") ?? from + Usual;
        faults.ThrowIfAny();
        faults.Check(until > from, "until", "Is not after from.", "ENDS_BEFORE_START");
        faults.Check(until - from <= Longest, "until", "Is more than five years after from.", "OUT_OF_RANGE");
        faults.ThrowIfAny();
        return new Interval(from, until);
    }

    /// <summary>The windows asked for, those that the caller may see.</summary>
    public static async Task<IReadOnlyList<Window>> WindowsAsync(
        ListOccurrencesRequest request, ServerCallContext context, WindowsDb db, CancellationToken ct)
    {
        var passes = await ScopeFilter.ReadAsync(context, db, request.Component, request.Environment, ct);
        var windows = db.Windows.AsNoTracking().Where(window => window.DeleteTime == null);
        if (request.Window.Length > 0)
        {
            var name = request.Window.StartsWith("windows/", StringComparison.Ordinal) ? request.Window : $"windows/{request.Window}";
            var id = NameFields.Id(name, "windows", "window");
            windows = windows.Where(window => window.Id == id);
            if (!await db.Windows.AnyAsync(window => window.Id == id, ct)) throw new Missing(name);
        }

        var found = new List<Window>();
        await foreach (var window in windows.AsAsyncEnumerable().WithCancellation(ct))
        {
            if (passes(window.Terms.Scope)) found.Add(window);
        }

        return found;
    }

    /// <summary>Where a page begins: after this start of this window.</summary>
    public static (Instant Start, string Window)? Position(PageToken page)
    {
        if (page.Position is null) return null;
        return page.Position is [var start, var window] && long.TryParse(start, CultureInfo.InvariantCulture, out var seconds)
            && seconds is > -62_000_000_000 and < 253_000_000_000
            ? (Instant.FromUnixTimeSeconds(seconds), window)
            : throw FieldFaults.Single("page_token", "Is no token of this list.", "INVALID_TOKEN");
    }

    /// <inheritdoc cref="Position(PageToken)"/>
    public static IEnumerable<string> Position(HeldOccurrence held) =>
        [held.Occurrence.Start.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), held.Window.Id];
}
