using System.Collections.Immutable;
using Governance.Common.V1;
using Governance.MaintenanceWindows.Freezes;
using Governance.MaintenanceWindows.Windows;
using NodaTime;

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
