using Governance.BuildingBlocks.Errors;
using Governance.Patching.Fields;
using NodaTime;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Feeds;

/// <summary>Reads what a person sets of a feed.</summary>
internal static class FeedFields
{
    private static readonly Duration Shortest = Duration.FromMinutes(15);
    private static readonly Duration Longest = Duration.FromDays(31);
    private static readonly Duration Oldest = Duration.FromDays(366);

    /// <summary>The terms; meaningless once <paramref name="faults"/> has any.</summary>
    public static FeedTerms Feed(this FieldFaults faults, Proto.Feed feed, FeedOptions options)
    {
        faults.Required(feed.DisplayName, "feed.display_name").Length(feed.DisplayName, 200, "feed.display_name");
        faults.Required(feed.Url, "feed.url").Length(feed.Url, FeedAddress.Longest, "feed.url");
        if (feed.Url.Length > 0)
        {
            if (!Uri.TryCreate(feed.Url, UriKind.Absolute, out var url)) faults.Add("feed.url", "Is no absolute address.", "INVALID_URL");
            else if (FeedAddress.FaultOf(url, options) is { } fault) faults.Add("feed.url", fault, "URL_NOT_ALLOWED");
        }

        faults.Check(
            feed.Format != Proto.AdvisoryFormat.Unspecified && Enum.IsDefined(feed.Format),
            "feed.format",
            "One of the formats of advisories is required.",
            "REQUIRED");
        var interval = feed.Interval is null ? Duration.FromHours(24) : Duration.FromTimeSpan(faults.Span(feed.Interval, "feed.interval"));
        faults.Check(interval >= Shortest && interval <= Longest, "feed.interval", "Must be 15 minutes to 31 days.", "OUT_OF_RANGE");
        var age = feed.MaximumAge is null ? interval * 3 : Duration.FromTimeSpan(faults.Span(feed.MaximumAge, "feed.maximum_age"));
        faults.Check(
            age >= interval && age <= Oldest, "feed.maximum_age", "Must be at least the interval and at most 366 days.", "OUT_OF_RANGE");
        return new FeedTerms(feed.DisplayName, feed.Url, feed.Format, interval, age);
    }
}
