using System.Collections.Immutable;
using Governance.Common.V1;
using Governance.MaintenanceWindows.Bookings;
using Governance.MaintenanceWindows.Freezes;
using Governance.MaintenanceWindows.ProviderMaintenances;
using Governance.MaintenanceWindows.Windows;
using NodaTime;
using BookingState = Governance.Windows.V1.Booking.Types.State;

namespace Governance.MaintenanceWindows.Feeds;

/// <summary>What people read in their calendars.</summary>
internal static class FeedEntries
{
    public static FeedEntry Of(Window window)
    {
        var terms = window.Terms;
        return new FeedEntry
        {
            Id = window.Id,
            Collection = "windows",
            Summary = terms.DisplayName.Length > 0 ? terms.DisplayName : window.Id,
            Description = Lines(
                $"{window.Name}, {terms.TimeZone}",
                ScopeInWords(terms.Scope),
                terms.AllowedKinds.IsEmpty ? "" : $"Kinds: {Kinds(terms.AllowedKinds)}",
                terms.Capacity is { } capacity ? $"Changes at once: {capacity}" : "",
                terms.Cutoff > Duration.Zero ? $"Nothing starts in the last {Minutes(terms.Cutoff)} minutes" : "",
                terms.NoticePeriod > Duration.Zero ? $"Booked at least {Minutes(terms.NoticePeriod)} minutes ahead" : ""),
            Categories = ["WINDOW", .. terms.AllowedKinds.Select(Upper)],
            Sequence = window.Version,
            CreateTime = window.CreateTime,
            UpdateTime = window.UpdateTime,
        };
    }

    public static FeedEntry Of(Freeze freeze)
    {
        var terms = freeze.Terms;
        return new FeedEntry
        {
            Id = freeze.Id,
            Collection = "freezes",
            Summary = $"Freeze: {(terms.DisplayName.Length > 0 ? terms.DisplayName : freeze.Id)}",
            Description = Lines($"{freeze.Name}, {terms.TimeZone}", terms.Reason, ScopeInWords(terms.Scope)),
            Categories = ["FREEZE"],
            Sequence = freeze.Version,
            CreateTime = freeze.CreateTime,
            UpdateTime = freeze.UpdateTime,
        };
    }

    public static FeedEntry Of(ProviderMaintenance maintenance)
    {
        var terms = maintenance.Terms;
        return new FeedEntry
        {
            Id = maintenance.Id,
            Collection = "providerMaintenances",
            Summary = $"Maintenance: {(terms.DisplayName.Length > 0 ? terms.DisplayName : maintenance.Id)}",
            Description = Lines(
                $"{maintenance.Name} of {maintenance.Party}",
                $"{(terms.Warns ? "Warns of" : "Denies")} changes of {string.Join(", ", terms.Components.Take(20))} and what depends on "
                    + "them",
                terms.Impact.Length > 0 ? $"Impact: {terms.Impact}" : "",
                terms.Description,
                maintenance.Reason),
            Categories = ["PROVIDER_MAINTENANCE"],
            Sequence = maintenance.Version,
            CreateTime = maintenance.CreateTime,
            UpdateTime = maintenance.UpdateTime,
            Status = maintenance.CancelTime is null ? "CONFIRMED" : "CANCELLED",
        };
    }

    public static FeedEntry Of(Booking booking)
    {
        var terms = booking.Terms;
        return new FeedEntry
        {
            Id = booking.Id,
            Collection = "bookings",
            Summary = terms.DisplayName.Length > 0
                ? terms.DisplayName
                : $"{Upper(terms.Kind)} {string.Join(", ", terms.Components.Take(3))}",
            Description = Lines(
                $"{booking.Name}, {booking.Status.ToString().ToUpperInvariant()}",
                terms.Change.Length > 0 ? $"For {terms.Change}" : "",
                $"{Upper(terms.Kind)} of {string.Join(", ", terms.Components.Take(20))} in {terms.Environment}",
                terms.Implementer.Length > 0 ? $"By {terms.Implementer}" : "",
                booking.Reason),
            Categories = ["BOOKING", Upper(terms.Kind)],
            Sequence = booking.Version,
            CreateTime = booking.CreateTime,
            UpdateTime = booking.UpdateTime,
            Status = booking.Status is BookingState.Cancelled or BookingState.Unscheduled or BookingState.Refused
                ? "CANCELLED"
                : "CONFIRMED",
            Busy = true,
        };
    }

    private static string ScopeInWords(Scope scope) => string.Join("; ", new[]
    {
        In("components", scope.Components),
        In("systems", scope.Systems),
        In("labels", scope.Labels),
        In("tiers", scope.Tiers),
        In("environments", scope.Environments),
    }.Where(part => part.Length > 0)) is { Length: > 0 } words ? $"Covers {words}" : "Covers everything";

    private static string In<T>(string what, IReadOnlyCollection<T> values) =>
        values.Count == 0 ? "" : $"{what} {string.Join(", ", values.Take(20))}{(values.Count > 20 ? " …" : "")}";

    private static string Kinds(ImmutableArray<ChangeKind> kinds) => string.Join(", ", kinds.Select(Upper));

    private static string Upper(ChangeKind kind) => kind.ToString().ToUpperInvariant();

    private static string Lines(params string[] lines) => string.Join('\n', lines.Where(line => line.Length > 0));

    private static long Minutes(Duration duration) => (long)duration.TotalMinutes;
}
